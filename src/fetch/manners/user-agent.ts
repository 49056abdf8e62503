// The name under which sites see us, with a way to complain. The only thing we say of ourselves.

/** An honest name with a way to complain; `contact` is an e-mail address or URL of whoever runs this. */
export function userAgentOf(version: string, contact: string | null): string {
  return `Unspool/${version} (+https://unspool.example/${contact === null ? '' : `; contact ${contact}`})`
}
