import { readFileSync } from 'node:fs'
import { rubricItems } from '#shared/domain/rubric.ts'
import { JsonSourceError } from '#electron/files/json-source.ts'
import { parseRubricFile } from '#electron/services/set-up/rubric-file.ts'
import { UsageError, type Command } from '../command.ts'
import { pathOf } from '../paths.ts'

export const rubricCheck: Command = {
  name: 'rubric check',
  summary: 'Says whether a rubric file can be used, and if not, which line is wrong.',
  usage: 'attune rubric check FILE',
  run: (args, io) => {
    const [file, ...more] = args
    if (file === undefined || file.startsWith('-') || more.length > 0) throw new UsageError('one FILE is needed')
    try {
      const rubric = parseRubricFile(readFileSync(pathOf(file), 'utf8'))
      io.out(`${rubric.title}, version ${rubric.version}: ${rubricItems(rubric).length} behaviours, sound.`)
      return Promise.resolve(0)
    } catch (error) {
      if (error instanceof JsonSourceError) io.err(`${file}, ${error.message}`)
      else if (error instanceof Error && 'code' in error)
        io.err(`${file} cannot be read; check the path and that you may read it.`)
      else throw error
      return Promise.resolve(1)
    }
  },
}
