import { phrase } from '#shared/locales/phrase.ts'
import { readOptions, type Command } from '../command.ts'
import { reading } from '../exam-output.ts'
import { folderOf, folderOptions } from '../folder.ts'

export const examList: Command = {
  name: 'exam list',
  summary: 'Lists the exams of a data folder with their ids.',
  usage: `attune exam list [--data DIR] [--json]

  --data DIR    the data folder (default: the app's own)
  --json        one JSON array`,
  run: async (args, io) => {
    const values = readOptions(args, { ...folderOptions, json: { type: 'boolean', default: false } })
    const exams = reading(await folderOf(values, io), (store) =>
      store.exams.list().map(({ id, title, heldOn, status }) => ({
        ...{ id, title, heldOn, status },
        ...store.exams.counts(id),
        putAway: store.exams.isPutAway(id),
      })),
    )
    if (values.json) io.out(JSON.stringify(exams))
    else if (exams.length === 0) io.out(phrase('terminal.list.none'))
    else {
      for (const exam of exams) {
        const { submitted, encounters } = exam
        const far = phrase('terminal.list.far', { submitted, encounters })
        const away = exam.putAway ? [phrase('terminal.list.putAway')] : []
        io.out([exam.id, exam.heldOn, exam.status, far, exam.title, ...away].join('  '))
      }
    }
    return 0
  },
}
