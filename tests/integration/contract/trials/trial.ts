import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input } from '#shared/contract/contract.ts'
import type { ExamDay } from '#tests/support/exam-day.ts'

/** One channel tried: who calls it, with what, after what has happened; and an input that must be refused. */
export type Trial<C extends ChannelName> = {
  by: 'director' | 'examiner' | 'sp' | 'nobody'
  good: (day: ExamDay) => Input<C> | Promise<Input<C>>
  bad: unknown
}

/** A trial for every channel of a part of the contract: one without does not compile. */
export type TrialsOf<Part> = { [C in keyof Part & ChannelName]: Trial<C> }
