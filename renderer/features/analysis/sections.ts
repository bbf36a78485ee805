/** The parts of the analysis: first what needs a look, then where the figures behind it are. */
export const sections = ['overview', 'stations', 'reliability', 'examiners', 'patients', 'groups', 'what-if'] as const
export type Section = (typeof sections)[number]

/** The section that an address names; anything else is the first. */
export const sectionOf = (param: unknown): Section => sections.find((section) => section === param) ?? 'overview'
