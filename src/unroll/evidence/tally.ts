// How signals are reported: a name and a value, one by one. Types only.

/** Receives signals; repeated names add up. */
export type Tally = (signal: string, value: number) => void
