/** Where the app writes what went wrong. Never a name, never a mark. */
export type Log = {
  info(message: string, details?: Readonly<Record<string, string | number>>): void
  error(message: string, details?: Readonly<Record<string, string | number>>): void
}

/** For tests and for commands that report on their own. */
export const silentLog: Log = { info: () => undefined, error: () => undefined }

/** Where an error happened, for the detail named "error". */
export const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.name) : 'unknown')
