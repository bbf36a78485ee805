/** What a file that a person hands in may weigh, in bytes: both hosts and the contract refuse more. */
export const MAX_UPLOAD_BYTES = 20_000_000
