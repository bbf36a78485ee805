/** How much and how long the web host bears with a client; times in milliseconds. */
export type WebLimits = {
  /** For the whole head of a request to arrive. */
  headersMs: number
  /** How many connections may be open at once; further ones are closed. */
  connections: number
  /** How many event streams may be open at once. */
  streams: number
  bodyBytes: number
  /** For a whole body to arrive. */
  bodyMs: number
  heartbeatMs: number
  /** How long a client may be without its event stream before it is forgotten. */
  absenceMs: number
  /** How long requests that are under way may take to end when the host closes. */
  closeMs: number
}

export const webLimits: WebLimits = {
  headersMs: 10_000,
  connections: 256,
  streams: 64,
  bodyBytes: 32 * 1024 * 1024,
  bodyMs: 30_000,
  heartbeatMs: 15_000,
  absenceMs: 60_000,
  closeMs: 2000,
}
