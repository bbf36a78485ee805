/** What a file that a person hands in at a window may weigh, in bytes: both hosts refuse more. */
export const MAX_UPLOAD_BYTES = 20_000_000

/** What the picture of a chart may weigh, in bytes. */
export const MAX_CHART_BYTES = 8_000_000
