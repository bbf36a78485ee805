import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { beforeAll, describe, expect, it } from 'vitest'
import { DATABASE_FILE } from '#electron/store/store.ts'
import { cli, done, folderOfFile } from './call.ts'

const data = folderOfFile()
const edit = (sql: string) => {
  const db = new Database(join(data, DATABASE_FILE))
  db.exec(sql)
  db.close()
}
/** The id that a query finds. */
const idOf = (sql: string): string => {
  const db = new Database(join(data, DATABASE_FILE), { readonly: true })
  const found = db.prepare(sql).pluck().get()
  db.close()
  return String(found)
}
beforeAll(async () => {
  await done('demo', '--out', join(data, 'out'), '--data', data, '--candidates', '2', '--stations', '2')
}, 60_000)

describe('verify', () => {
  it('finds a day as it was recorded sound, and ends with 0', async () => {
    const lines = await done('verify', '--data', data)
    expect(lines.at(-1)).toMatch(/^Sound: every mark is what the ledger says \(events: \d+, chains: 1\)\.$/)
    expect(lines[0]).toMatch(/ [A-Z]{4}-[A-Z]{4}$/)
    const told = JSON.parse((await done('verify', '--data', data, '--json')).join('')) as object
    expect(told).toMatchObject({ sound: true, broken: null, differing: [], chains: [{ missing: 0 }] })
  })

  it('names a mark that was changed where the screens read it, and ends with 1', async () => {
    const event = idOf('SELECT event_id FROM rating WHERE points = 3 LIMIT 1')
    edit(`UPDATE rating SET points = 4 WHERE event_id = '${event}'`)
    const { code, err } = await cli('verify', '--data', data)
    expect(code).toBe(1)
    expect(err.join('\n')).toContain(event)
    edit(`UPDATE rating SET points = 3 WHERE event_id = '${event}'`)
    await done('verify', '--data', data)
  })

  it.each([
    ['sp_comment', 'another', 'sp_comment_event'],
    ['global_rating', 'another', 'global_rating_event'],
    ['missing', '["another"]', 'standing_event'],
    ['sp_status', 'open', null],
  ])('of an encounter names the event that said its %s, where one is kept', async (column, other, said) => {
    const encounter = idOf(
      "SELECT encounter_id FROM encounter_state WHERE sp_comment <> '' AND status = 'submitted' LIMIT 1",
    )
    const valueOf = (name: string) => idOf(`SELECT ${name} FROM encounter_state WHERE encounter_id = '${encounter}'`)
    const set = (value: string) => {
      edit(
        `UPDATE encounter_state SET ${column} = '${value.replaceAll("'", "''")}' WHERE encounter_id = '${encounter}'`,
      )
    }
    const before = valueOf(column)
    set(other)
    const { code, err } = await cli('verify', '--data', data)
    const whose = said === null ? 'the ledger' : `event ${valueOf(said)}`
    const line = `BROKEN: what stands in "encounter_state" of encounter ${encounter} is not what ${whose} says.`
    expect([code, err[0]]).toEqual([1, line])
    set(before)
    await done('verify', '--data', data)
  })

  it('names the event of a mark that was changed in the ledger, and ends with 1', async () => {
    const id = idOf(
      "SELECT id FROM event WHERE payload ->> 'type' = 'rating.recorded' AND payload ->> 'value' = 3 LIMIT 1",
    )
    edit(`
      DROP TRIGGER event_never_changes;
      UPDATE event SET payload = json_set(payload, '$.value', 5) WHERE id = '${id}';
      UPDATE rating SET points = 5 WHERE event_id = '${id}';
    `)
    const { code, err } = await cli('verify', '--data', data)
    expect(code).toBe(1)
    expect(err[0]).toMatch(
      new RegExp(`^BROKEN: event ${id} \\(number \\d+ of [0-9a-f]+\\) is not as it was written\\.$`),
    )
    const json = await cli('verify', '--data', data, '--json')
    expect(json.code).toBe(1)
    expect(JSON.parse(json.out.join(''))).toMatchObject({ sound: false, broken: { id, problem: 'altered' } })
  })
})
