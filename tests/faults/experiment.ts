/** What an experiment may need of the machine that not every machine has. */
export type Need = 'mounts' | 'a C compiler'

/** What happened, counted. `ok`: as it must be, which for a control is that marks were lost. */
export type Finding = {
  what: string
  ok: boolean
  /** Power cuts, kills, copies, flips: how often the fault was made. */
  times: string
  acknowledged?: number
  lost?: number
  /** More that a person wants to know, in a few words. */
  note?: string
}

export type Setting = {
  /** An empty folder of this experiment, removed afterwards. */
  scratch: string
  /** How often the fault is made, where the experiment counts; a control needs fewer. */
  cuts: number
  /** The same seed makes the same choices; moments still depend on the machine. */
  random: () => number
}

export type Experiment = {
  name: string
  needs: readonly Need[]
  run: (setting: Setting) => Promise<Finding[]>
}

/** The acknowledged events that are not there. */
export const missingOf = (acknowledged: Iterable<string>, present: ReadonlySet<string>): string[] =>
  [...acknowledged].filter((id) => !present.has(id))
