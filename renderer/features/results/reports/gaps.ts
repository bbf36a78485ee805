import type { CohortResult } from '#shared/domain/results.ts'

export type Gap = {
  kind:
    | 'conflicts'
    | 'unfinished'
    | 'unplanned'
    | 'absent'
    | 'marks'
    | 'sp-forms'
    | 'red-flags'
    | 'incomplete'
    | 'in-review'
  count: number
}

/** What reports made now would lack, with how many of each; empty when all is there. */
export function gapsOf(cohort: CohortResult): Gap[] {
  const { completeness, outcomes, attention } = cohort
  const { open, scheduled, unplanned, absent, planned, spForms } = completeness
  const gaps: Gap[] = [
    { kind: 'conflicts', count: completeness.conflicts },
    { kind: 'unfinished', count: open + scheduled },
    { kind: 'unplanned', count: unplanned },
    { kind: 'absent', count: absent },
    { kind: 'marks', count: completeness.itemsMissing },
    { kind: 'sp-forms', count: Math.max(0, planned - absent - spForms) },
    {
      kind: 'red-flags',
      count: attention.filter(({ kind, mark }) => kind === 'red-flag' && mark?.review === null).length,
    },
    { kind: 'incomplete', count: outcomes.incomplete },
    { kind: 'in-review', count: outcomes.review },
  ]
  return gaps.filter(({ count }) => count > 0)
}
