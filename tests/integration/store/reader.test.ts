import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { openReader, openStore, type Store } from '#electron/store/store.ts'
import { encounterIdSchema, eventIdSchema, examIdSchema, itemIdSchema, personIdSchema } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { empathyRubric, putSmallExam } from '#tests/support/small-exam.ts'
import { dataFolder } from '#tests/support/data-folder.ts'

const encounterId = encounterIdSchema.parse('encounter-1-1001')
const itemId = itemIdSchema.parse(rubricItems(empathyRubric())[0]?.id)

const rate = (store: Store, value: number) =>
  store.ledger.append({
    id: eventIdSchema.parse(randomUUID()),
    examId: examIdSchema.parse('exam-1'),
    encounterId,
    raterId: personIdSchema.parse('examiner-1'),
    role: 'examiner',
    offsetMs: 0,
    payload: { type: 'rating.recorded', itemId, value },
  })

it('a reader that is held sees one state, however long it reads and whatever is marked meanwhile', () => {
  const dataDir = dataFolder()
  const store = openStore({ dataDir })
  putSmallExam(store)
  rate(store, 2)
  const [held, free] = [openReader(dataDir), openReader(dataDir)]
  const seenBy = ({ encounters }: Pick<Store, 'encounters'>) =>
    encounters.record(encounterId).ratings.map(({ value }) => value)

  held.hold()
  expect(seenBy(held)).toEqual([2])
  rate(store, 5)
  expect(seenBy(held)).toEqual([2])
  expect(seenBy(free)).toEqual([5])

  held.close()
  free.close()
  store.close()
})
