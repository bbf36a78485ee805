import type { CohortResult } from '#shared/domain/results.ts'
import { rubricItems } from '#shared/domain/rubric.ts'

/**
 * Marks that submitted encounters should hold, and those they lack: every behaviour and the global rating. Encounters
 * that are still to come lack nothing yet.
 */
export function marksOf({ cells, stations, rubrics }: CohortResult): { planned: number; missing: number } {
  const perStation = new Map(
    stations.map(({ id, rubric: ref }) => {
      const rubric = rubrics.find((entry) => entry.id === ref?.id && entry.version === ref.version)
      return [id, rubric ? rubricItems(rubric).length + 1 : 0]
    }),
  )
  const submitted = cells.filter(({ status }) => status === 'submitted')
  return {
    planned: submitted.reduce((sum, { stationId }) => sum + (perStation.get(stationId) ?? 0), 0),
    missing: submitted.reduce((sum, { openItems }) => sum + openItems, 0),
  }
}
