import { readOptions, type Command } from '../command.ts'
import { reading } from '../exam-output.ts'
import { folderOf, folderOptions } from '../folder.ts'

export const ledgerList: Command = {
  name: 'ledger list',
  summary: 'Lists the events of the ledger in their order, beside a running app too.',
  usage: `attune ledger list [--data DIR] [--json]

  --data DIR    the data folder (default: the app's own)
  --json        one JSON array, each event with its device, place, time, encounter and kind; never a mark or a name

Without --json: one event id a line.`,
  run: async (args, io) => {
    const values = readOptions(args, { ...folderOptions, json: { type: 'boolean', default: false } })
    reading(await folderOf(values, io), ({ events }) => {
      if (values.json) io.out(JSON.stringify([...events()]))
      else for (const { id } of events()) io.out(id)
    })
    return 0
  },
}
