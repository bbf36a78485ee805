import { sentenceFor } from '#electron/hosts/sentences.ts'
import { soak as runSoak } from '#electron/services/soak.ts'
import { openServices } from '#electron/services/open-services.ts'
import { readOptions, required, wholeNumber, type Command } from '../command.ts'
import { examIdOf, reading } from '../exam-output.ts'
import { folderOf, folderOptions } from '../folder.ts'
import { servicesOf } from '../services-of.ts'

export const soak: Command = {
  name: 'soak',
  summary: 'Writes made-up marks into an exam and says of each when it is on disk, for tests of the disk.',
  usage: `attune soak --data DIR --exam ID [--rate N] [--seconds N] [--seed N]

  --data DIR     the data folder; use a copy, or an exam made for trying: the marks are made up and stay
  --exam ID      as "exam list" prints it; where all its encounters are finished, a candidate is added
  --rate N       marks a second (default 10); 0 or "max": each as soon as the one before it is on disk
  --seconds N    for how long (default 60)
  --seed N       the same seed gives the same marks (default 1)

Prints "ack <event id>" once a mark is on disk, before the next is made. A mark that the disk does not take is
named as "refused <event id> <code>" where errors go, and sent again; if it is not saved in the end, the exit code is 1.`,
  run: async (args, io) => {
    const values = readOptions(args, {
      ...folderOptions,
      exam: { type: 'string' },
      rate: { type: 'string', default: '10' },
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
    })
    required(values.data, 'data')
    const exam = required(values.exam, 'exam')
    const rate = values.rate === 'max' ? 0 : wholeNumber(values.rate, 'rate', 0, 1000)
    const seconds = wholeNumber(values.seconds, 'seconds', 1, 86_400)
    const seed = wholeNumber(values.seed, 'seed', 0, 4_294_967_295)
    const folder = await folderOf(values, io)
    const examId = reading(folder, (store) => examIdOf(store, exam))
    const services = await openServices(servicesOf(folder))
    try {
      const { saved, unsaved } = await runSoak(services, {
        examId,
        rate: rate === 0 ? null : rate,
        seconds,
        seed,
        onSaved: (id) => {
          io.out(`ack ${id}`)
        },
        onRefused: (id, code) => {
          io.err(`refused ${id} ${code}`)
        },
      })
      io.err(`${saved} mark${saved === 1 ? '' : 's'} saved in ${seconds} s`)
      if (unsaved !== null) io.err(`The last one is not: ${sentenceFor(unsaved)}`)
      return unsaved === null ? 0 : 1
    } finally {
      await services.shutdown()
    }
  },
}
