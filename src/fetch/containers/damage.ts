// What stops the reading of one container; caught by open.ts, which says what became of the rest. Never leaves this
// room.

/** The container cannot be read any further. The message is a clause: `it is cut`. */
export class ContainerError extends Error {
  override readonly name = 'ContainerError'
}
