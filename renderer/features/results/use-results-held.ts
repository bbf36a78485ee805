import { onScopeDispose } from 'vue'
import { useRouter } from 'vue-router'
import { useCohortStore } from './use-cohort-store.ts'
import { useJobsStore } from './use-jobs-store.ts'

/**
 * Holds the exam's results for as long as its sections or one of its candidates are on the screen: between those they
 * are not read anew, and whoever sits down after that finds nothing of them.
 */
export function useResultsHeld(): void {
  const router = useRouter()
  const cohort = useCohortStore()
  const jobs = useJobsStore()
  onScopeDispose(() => {
    const next = router.currentRoute.value.name
    if (next === 'exam-results' || next === 'candidate-result') return
    cohort.teardown()
    jobs.teardown()
  })
}
