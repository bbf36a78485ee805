import { parseArgs } from 'node:util'

/** `port` is null where none was asked for. */
export type WebFlags = {
  port: number | null
  dataDir: string | null
  demo: boolean
  takeBack: boolean
  open: boolean
  help: boolean
}

export const webHelp = `Attune in the system's browser, served to this machine only.

Usage: npm start -- --browser [flags]

  --port N     listen on port N of 127.0.0.1 (default: the folder's own, else any free one)
  --data DIR   keep the data in DIR (default: the folder that the desktop app uses)
  --demo       fill a new data folder with the sample exam and a simulated exam day
  --take-back  free every device that is with an SP whose return code was forgotten
  --no-open    print the address and do not open the browser
  --help       print this text
`

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
        help: { type: 'boolean', default: false },
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
      help: values.help,
    }
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0]?.split('. ')[0] ?? '') : ''
    return { problem: `${reason}; --help lists the flags.` }
  }
}
