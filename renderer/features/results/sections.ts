/** The parts of an exam's results, in the order in which a director needs them. */
export const sections = ['completeness', 'candidates', 'attention', 'distributions', 'reports'] as const
export type Section = (typeof sections)[number]

/** The section that an address names; anything else is the first. */
export const sectionOf = (param: unknown): Section => sections.find((section) => section === param) ?? 'completeness'
