import { z } from 'zod'
import { candidateSchema, encounterSlotSchema, examSchema, personSchema, stationSchema } from './exam.ts'
import { candidateIdSchema, personIdSchema } from './ids.ts'
import { rubricSchema } from './rubric.ts'
import { SET_UP_FORMATS } from './set-up-format.ts'

/**
 * An exam for its stations: everything that a laptop needs to carry encounters of it, with the ids that it has at the
 * director's, so that what is recorded elsewhere belongs to the same exam. People come with the hashes of their PINs.
 */
export const examPackageSchema = z.strictObject({
  format: z.literal('attune-package'),
  formatVersion: z.literal(SET_UP_FORMATS),
  /** Ed25519, 32 bytes as base64: the package is signed with this key, which is that of the director's installation. */
  publicKey: z.base64().length(44),
  /** By the director's clock; of two packages of an exam, the later one is always the greater. */
  exportedAt: z.iso.datetime(),
  /** The age recipient that the bundles of this exam are encrypted to. */
  recipient: z.string().startsWith('age1').max(200),
  exam: examSchema,
  rotationBasis: z.string().max(5_000_000).nullable(),
  stations: z.array(stationSchema).max(60),
  rubrics: z.array(rubricSchema).max(60),
  candidates: z.array(candidateSchema).max(2000),
  people: z.array(personSchema).max(400),
  pins: z.array(z.strictObject({ personId: personIdSchema, hash: z.string().max(200) })).max(400),
  slots: z.array(encounterSlotSchema).max(120_000),
  /** Candidates and people whose names were erased: they go where the package arrives, too. */
  erased: z
    .array(z.union([candidateIdSchema, personIdSchema]))
    .max(2400)
    .optional(),
})
export type ExamPackage = z.infer<typeof examPackageSchema>

/** What a package must hold beside the shape of its parts: everything in it belongs to its exam and is there once. */
export function packageProblem(given: ExamPackage): string | null {
  const ids = (list: readonly { id: string }[]) => new Set(list.map(({ id }) => id))
  const { exam, stations, candidates, people, slots, pins } = given
  for (const list of [stations, candidates, people, slots]) {
    if (list.some(({ examId }) => examId !== exam.id)) return 'another exam'
    if (ids(list).size !== list.length) return 'an id twice'
  }
  const [stationIds, candidateIds, personIds] = [ids(stations), ids(candidates), ids(people)]
  // The name of the one would be the other's.
  if (people.some(({ id }) => candidateIds.has(id))) return 'an id twice'
  if (slots.some(({ stationId, candidateId }) => !stationIds.has(stationId) || !candidateIds.has(candidateId))) {
    return 'an encounter of nobody'
  }
  if (people.some((person) => person.stationIds.some((id) => !stationIds.has(id)))) return 'a station that is not there'
  if (pins.some(({ personId }) => !personIds.has(personId))) return 'a PIN of nobody'
  return null
}
