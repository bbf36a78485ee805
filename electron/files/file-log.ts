import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import log from 'electron-log/node'
import type { Log } from '#electron/base/log.ts'

const MAX_BYTES = 1024 * 1024

type Details = Readonly<Record<string, string | number>>

/** Details that say where something went wrong. Whatever has another name may be a person's or a mark's. */
const keptDetails: ReadonlySet<string> = new Set([
  'by',
  'channel',
  'code',
  'count',
  'elapsedMs',
  'error',
  'events',
  'exitCode',
  'field',
  'host',
  'jobKind',
  'lateByMs',
  'ms',
  'pid',
  'platform',
  'port',
  'reason',
  'rubric',
  'skewMs',
  'version',
])

/** Where a data folder's log is written. */
export const logFileOf = (dataDir: string): string => join(dataDir, 'logs', 'attune.log')

/**
 * Writes to logs/attune.log in the data folder, on this machine only; at 1 MB the file becomes attune.old.log. The
 * folder is made at the first line, so that a host can have its log before it has its data folder.
 */
export function createFileLog(dataDir: string): Log {
  const file = logFileOf(dataDir)
  const folder = dirname(file)
  const logger = log.create({ logId: folder })
  logger.transports.console.level = false
  // Where the log itself cannot be written nobody at a terminal can help: electron-log's own complaint stays unsaid.
  for (const { transports } of [log, logger]) transports.console.writeFn = () => undefined
  logger.transports.file.level = 'info'
  logger.transports.file.maxSize = MAX_BYTES
  logger.transports.file.resolvePathFn = () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return file
  }
  return {
    info: (message, details) => logger.info(line(message, details)),
    error: (message, details) => logger.error(line(message, details)),
  }
}

const line = (message: string, details: Details = {}): string =>
  [message, ...Object.entries(redact(details)).map(([key, value]) => `${key}=${value}`)].join(' ')

/** Keeps what locates a fault: known details, and of an error its kind, its [CODE] and its stack, never its message. */
export function redact(details: Details): Record<string, string> {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [key, keptDetails.has(key) ? redactValue(key, value) : '[redacted]']),
  )
}

/** A line that names a place in the code; a message of several lines can begin one with "at", too. */
const stackFrame = /^\s+at (?:[\w$.<>[\] #]+ )?\(?(?:async )?(?:file:|node:|app:|\/|[A-Za-z]:\\)[^\n]*:\d+:\d+\)?$/

function redactValue(key: string, value: string | number): string {
  const text = String(value)
  if (key !== 'error') return text.slice(0, 100).replaceAll(/[\r\n]/g, ' ')
  const [first = '', ...rest] = text.split('\n')
  const kind = /^[A-Za-z]+(?: \[[A-Z\d_]+\])?(?=:|$)/.exec(first)?.[0] ?? 'Error'
  const frames = rest.filter((frame) => stackFrame.test(frame)).map((frame) => frame.replaceAll(homedir(), '~'))
  return [kind, ...frames].join('\n')
}
