import { rubricSchema, type Rubric, type RubricRef } from '#shared/domain/rubric.ts'

const keyOf = ({ id, version }: RubricRef): string => `attune.rubric-draft/${id}/${version}`

/**
 * Keeps a rubric on this device until the host has taken it: one that has something to mend cannot be saved, and must
 * not be lost by a reload. False where there is no room for it.
 */
export function keepDraft(rubric: Rubric): boolean {
  try {
    localStorage.setItem(keyOf(rubric), JSON.stringify(rubric))
    return true
  } catch {
    return false
  }
}

export function dropDraft(ref: RubricRef): void {
  localStorage.removeItem(keyOf(ref))
}

/** What was typed and never saved. One that is not made like a rubric of this version of the app is passed over. */
export function keptDraft(ref: RubricRef): Rubric | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(ref)) ?? 'null')
    // Only the person can mend what is said in it; a weight that is taken out is no number.
    const strange = rubricSchema
      .safeParse(value)
      .error?.issues.some(
        ({ code, path }) => code === 'unrecognized_keys' || (code === 'invalid_type' && path.at(-1) !== 'weight'),
      )
    return strange ? null : (value as Rubric)
  } catch {
    return null
  }
}
