import { askSecret } from './ask-secret.ts'
import { runCli } from './run.ts'
import { writeLine } from './write-line.ts'

process.exitCode = await runCli(process.argv.slice(2), {
  out: (line) => {
    writeLine(1, line)
  },
  err: (line) => {
    writeLine(2, line)
  },
  askSecret: (question) => askSecret(question, process.stdin, process.stderr),
})
