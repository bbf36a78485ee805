import { createHash } from 'node:crypto'
import { canonicalJson } from '#shared/domain/canonical-json.ts'
import { rubricSchema, type Rubric } from '#shared/domain/rubric.ts'
import { JsonSourceError, parseJsonSource } from '#electron/files/json-source.ts'
import { rubricProblem } from './rubric-problem.ts'

/** SHA-256 (64 hex digits) over the canonical JSON of a rubric without its checksum. */
export function rubricChecksum(rubric: Omit<Rubric, 'checksum'>): string {
  // A whole rubric satisfies the type as well; the checksum must not enter its own hash.
  const content = Object.entries(rubric).filter(([field]) => field !== 'checksum')
  return createHash('sha256')
    .update(canonicalJson(Object.fromEntries(content)))
    .digest('hex')
}

/**
 * Reads a rubric file: strict JSON, every rule of the schema, and a checksum that fits the content.
 *
 * @throws JsonSourceError with the first fault in reading order.
 */
export function parseRubricFile(text: string): Rubric {
  const source = parseJsonSource(text)
  const result = rubricSchema.safeParse(source.value)
  if (!result.success) {
    const faults = result.error.issues.map((issue) => rubricProblem(issue, source.value))
    const first = faults
      .map(({ path, problem }) => new JsonSourceError(source.lineOf(path), problem))
      .reduce((earliest, fault) => (fault.line < earliest.line ? fault : earliest))
    throw first
  }
  const rubric = result.data
  const expected = rubricChecksum(rubric)
  if (rubric.checksum !== expected) {
    throw new JsonSourceError(source.lineOf(['checksum']), checksumProblem(expected))
  }
  return rubric
}

function checksumProblem(expected: string): string {
  return (
    'the checksum does not fit the text, so the file was changed after it was published; ' +
    `use an unchanged copy or, if the change is yours, raise the version and write the checksum ${expected}`
  )
}
