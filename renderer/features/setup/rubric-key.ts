import type { RubricRef } from '#shared/domain/rubric.ts'

/** A rubric's version as one value, for lists. */
export const refKey = ({ id, version }: RubricRef): string => `${id} ${version}`
