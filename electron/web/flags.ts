import { parseArgs } from 'node:util'

/** `port` is null where none was asked for. */
export type WebFlags = {
  port: number | null
  dataDir: string | null
  demo: boolean
  takeBack: boolean
  open: boolean
}

/** Reads the web host's flags. A wrong one is returned as a sentence. */
export function readWebFlags(argv: readonly string[]): WebFlags | { problem: string } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      allowNegative: true,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        demo: { type: 'boolean', default: false },
        'take-back': { type: 'boolean', default: false },
        open: { type: 'boolean', default: true },
      },
    })
    const { port = null } = values
    if (port !== null && (!/^\d+$/.test(port) || Number(port) > 65_535)) {
      return { problem: `--port takes a number from 0 to 65535, not "${port}".` }
    }
    if (values.data === '') return { problem: '--data takes the path of a folder.' }
    return {
      port: port === null ? null : Number(port),
      dataDir: values.data ?? null,
      demo: values.demo,
      takeBack: values['take-back'],
      open: values.open,
    }
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0]?.split('. ')[0] ?? '') : ''
    return { problem: `${reason}; "npm start -- --help" lists the flags.` }
  }
}
