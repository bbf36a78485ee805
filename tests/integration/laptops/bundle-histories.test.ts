import { generateKeyPairSync, sign } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeBundle } from '#electron/files/bundle-codec.ts'
import { sealTo } from '#electron/files/sealed.ts'
import type { ChainedRow } from '#electron/store/event-row.ts'
import { projectionTables } from '#electron/store/projection-tables.ts'
import { keyCode } from '#electron/store/repositories/installation.ts'
import { DATABASE_FILE } from '#electron/store/store.ts'
import { headerOf } from '#tests/support/forged-bundle.ts'
import { laptopMaker, play, type Rules } from '#tests/support/histories.ts'
import { directorsLaptop, exam } from '#tests/support/laptops.ts'
import { examDays, lawful } from '#tests/support/lawful.ts'

const make = laptopMaker()

/** A station reviews no red flag and corrects nothing: that is done where the exam is. */
const atStations: Rules = (here, encounterId, step, id) =>
  step.payload.type === 'red-flag.reviewed' || step.payload.type === 'mark.amended'
    ? null
    : lawful(here, encounterId, step, id)

/** Each laptop's chain cut anywhere, the pieces in any order, some of them more than once. */
const piecesOf = (rows: readonly ChainedRow[]): fc.Arbitrary<ChainedRow[][]> =>
  fc
    .infiniteStream(fc.boolean())
    .map((cuts) => {
      const chains = [...Map.groupBy(rows, ({ device }) => device).values()]
      return chains.flatMap((chain) => {
        const pieces: ChainedRow[][] = []
        for (const row of chain.toSorted((a, b) => a.seq - b.seq)) {
          const piece = pieces.at(-1)
          if (piece && cuts.next().value) piece.push(row)
          else pieces.push([row])
        }
        return pieces
      })
    })
    .chain((pieces) =>
      fc.tuple(
        fc.shuffledSubarray(pieces, { minLength: pieces.length }),
        fc.subarray(pieces, { maxLength: Math.min(3, pieces.length) }),
      ),
    )
    .map(([once, again]) => [...once, ...again])

/** Everything of the exam, as text. What was imported stands in a chain of the installation's own. */
const contentOf = (db: Database.Database): string =>
  JSON.stringify([
    db.prepare("SELECT * FROM event WHERE exam_id <> '' ORDER BY id").all(),
    ...projectionTables.map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()),
  ])

it('sealed and signed bundles of what three laptops recorded, in any pieces and order, add up to the same', async () => {
  const drawn = examDays.chain((steps) => {
    const { rows } = play(make, steps, atStations)
    return fc.record({ rows: fc.constant(rows), pieces: piecesOf(rows) })
  })
  await fc.assert(
    fc.asyncProperty(drawn, async ({ rows, pieces }) => {
      const director = await directorsLaptop()
      await director.director('package.export', { examId: exam.id })
      const there = new Database(join(director.dataDir, DATABASE_FILE), { readonly: true })
      const recipient = String(there.prepare('SELECT recipient FROM exam_key').pluck().get())
      const keys = new Map(rows.map(({ device }) => [device, generateKeyPairSync('ed25519')]))
      for (const [index, piece] of pieces.entries()) {
        const end = piece.at(-1)
        const pair = end && keys.get(end.device)
        if (!pair) continue
        const publicKey = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')
        const content = encodeBundle({ header: headerOf(publicKey, piece), rows: piece }, (bytes) =>
          sign(null, bytes, pair.privateKey).toString('base64'),
        )
        const bytes = await sealTo(recipient, content)
        const answer = await director.director('bundle.import', {
          upload: { name: `${index}.attune-bundle`, base64: Buffer.from(bytes).toString('base64') },
          trust: { code: keyCode(publicKey), name: end.device },
        })
        expect(answer.new + answer.known).toBe(piece.length)
      }
      const atOnce = make('one')
      atOnce.ledger.merge(rows)
      expect(contentOf(there)).toBe(contentOf(atOnce.db))
      there.close()
      atOnce.db.close()
    }),
    { numRuns: Number(process.env['ATTUNE_HISTORIES'] ?? 80) / 10 },
  )
}, 600_000)
