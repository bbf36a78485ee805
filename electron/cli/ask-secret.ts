import type { ReadStream } from 'node:tty'

/** Asks at the terminal without showing what is typed; null where there is no terminal, or the person gives up. */
export function askSecret(question: string, input: ReadStream, out: NodeJS.WritableStream): Promise<string | null> {
  if (!input.isTTY) return Promise.resolve(null)
  out.write(`${question} `)
  input.setRawMode(true)
  input.setEncoding('utf8')
  return new Promise((resolve) => {
    let typed = ''
    const end = (answer: string | null) => {
      input.off('data', take)
      input.setRawMode(false)
      input.pause()
      out.write('\n')
      resolve(answer)
    }
    const take = (signs: string) => {
      for (const sign of signs) {
        if (sign === '\r' || sign === '\n') {
          end(typed)
          return
        }
        // Ctrl-C, Ctrl-D
        if (sign === '\u0003' || sign === '\u0004') {
          end(null)
          return
        }
        typed = sign === '\u007f' || sign === '\b' ? typed.slice(0, -1) : typed + sign
      }
    }
    input.on('data', take)
    input.resume()
  })
}
