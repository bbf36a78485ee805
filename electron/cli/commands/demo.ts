import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { phrase } from '#shared/locales/phrase.ts'
import { hasDatabase } from '#electron/store/store.ts'
import { playExamDay } from '#electron/services/demo/play-exam-day.ts'
import { readOptions, wholeNumber, type Command } from '../command.ts'
import { makeFolder, writeExports, writeFeedback, writeReport } from '../exam-output.ts'
import { folderOf, folderOptions } from '../folder.ts'
import { outFolder } from '../paths.ts'
import { servicesOf } from '../services-of.ts'

/** Beyond it the sample's four examiners would have to be at two stations at once. */
const MAX_STATIONS = 36

export const demo: Command = {
  name: 'demo',
  summary: 'Plays the sample exam day and writes every report and table of it.',
  usage: `attune demo --out DIR [options]

  --out DIR         where feedback/<candidate number>.pdf, cohort.pdf, ratings.csv and results.csv go; it is made if it is not
                    there
  --data DIR        keep the exam in this data folder (default: a temporary one, removed afterwards)
  --candidates N    how many candidates (default 24)
  --stations N      how many stations (default 8, at most ${MAX_STATIONS})
  --seed N          the same seed plays the same day (default 1)
  --json            the last line sums up as JSON`,
  run: async (args, io) => {
    const values = readOptions(args, {
      out: { type: 'string' },
      ...folderOptions,
      candidates: { type: 'string', default: '24' },
      stations: { type: 'string', default: '8' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    })
    const out = outFolder(values.out)
    const size = {
      candidates: wholeNumber(values.candidates, 'candidates', 1, 2000),
      stations: wholeNumber(values.stations, 'stations', 1, MAX_STATIONS),
    }
    const seed = wholeNumber(values.seed, 'seed', 0, 4_294_967_295)
    const started = performance.now()
    const made = makeFolder(out)
    const scratch = values.data === undefined ? await mkdtemp(join(tmpdir(), 'attune-demo-')) : null
    const folder = scratch === null ? await folderOf(values, io) : { dataDir: scratch, key: null }
    const wasNew = !hasDatabase(folder.dataDir)
    try {
      const day = await playExamDay({
        ...servicesOf(folder),
        ...size,
        seed,
        onProgress: (done, total) => {
          io.err(phrase('terminal.played', { done, total }))
        },
      })
      if (!wasNew) io.err('The data folder was not new: the sample exam was added to what it holds')
      const feedbackPdfs = await writeFeedback(folder, day.examId, join(out, 'feedback'), (done, total) => {
        if (done === total || done % Math.ceil(total / 4) === 0) io.err(`Wrote ${done} of ${total} feedback reports`)
      })
      io.err('Writing the cohort report and the tables')
      const cohortPdf = join(out, 'cohort.pdf')
      await writeReport(folder, day.examId, { kind: 'cohort', file: cohortPdf, names: true })
      // The sample's people are invented.
      const tables = { ratings: join(out, 'ratings.csv'), results: join(out, 'results.csv'), names: true }
      await writeExports(folder, day.examId, tables)
      const seconds = Math.round((performance.now() - started) / 100) / 10
      io.out(
        values.json
          ? JSON.stringify({
              ...size,
              encounters: day.encounters,
              ratings: day.ratings,
              feedbackPdfs,
              cohortPdf,
              seconds,
            })
          : `${feedbackPdfs} feedback report${feedbackPdfs === 1 ? '' : 's'}, the cohort report and two tables are in ${out} (${seconds} s).`,
      )
      return 0
    } catch (error) {
      if (made !== undefined) await rm(made, { recursive: true, force: true })
      throw error
    } finally {
      if (scratch) await rm(scratch, { recursive: true, force: true, maxRetries: 5 })
    }
  },
}
