import type { Job } from '#shared/contract/parts/common.ts'

/** Of two reports on one job the one made later: an answer may arrive behind an event that overtook it. */
export function laterOf(known: Job | undefined, news: Job): Job {
  if (known === undefined || known.status === 'running') {
    return known !== undefined && news.status === 'running' && news.done < known.done ? known : news
  }
  return known
}

/** The jobs with the news taken in: in its place where it is known, else at the end. */
export function withNews(jobs: readonly Job[], news: Job): Job[] {
  return jobs.some(({ id }) => id === news.id)
    ? jobs.map((job) => (job.id === news.id ? laterOf(job, news) : job))
    : [...jobs, news]
}
