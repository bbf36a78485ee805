import type { CohortResult } from '#shared/domain/results.ts'
import type { Block } from '../kit/block.ts'
import { heading, list, paragraph } from '../kit/text-blocks.ts'
import { colors, type } from '../kit/theme.ts'

const small = { size: type.small } as const

/** How every figure of the report is made, in words, with where the method comes from. */
export function methodBlocks({ rubrics }: CohortResult): Block[] {
  const used = rubrics.map(({ title, version, checksum }) => `${title}, version ${version} (${checksum.slice(0, 12)})`)
  return [
    heading(2, 'How the figures are made'),
    paragraph(
      `Rubric: ${used.join('; ') || 'none'}. A domain score is the weighted mean of its rated behaviours as a share of the highest level, times 100; a station score the weighted mean of its domain scores, given where at least half of the behaviours were rated; an exam score the mean of the station scores. “No opportunity arose” and missing marks carry no weight. SD is the sample’s (n − 1); quartiles lie between scores in proportion (type 7 of Hyndman and Fan). In the tables of distributions and of examiner and patient side by side quartiles are withheld below four scores, a correlation (Pearson) and a mean difference (examiner − patient) below three pairs. A dash means that a figure is withheld. Scores are computed and compared unrounded.`,
      { ...small, color: colors.soft },
    ),
    ...sections.flatMap(({ title, items }) => [
      heading(3, title),
      list(
        items.map(([label, text]) => ({ label, text })),
        112,
        { ...small, style: 'bold' },
        small,
      ),
    ]),
  ]
}

type Section = { title: string; items: readonly (readonly [label: string, text: string])[] }

const sections: readonly Section[] = [
  {
    title: 'Standard setting',
    items: [
      [
        'Borderline regression',
        'A straight line of scores on grades (1 the worst) is laid through a station’s candidates by least squares: score = a + b × grade. The cut is the line’s score at the borderline grade. Its standard error is s × √(1/n + (borderline − mean grade)² / sum of squared deviations of the grades), s being the standard deviation of what the line leaves over (n − 2); the interval is Student’s t. Kramer and others 2003; Pell and others 2010.',
      ],
      [
        'Cut of the exam',
        'The mean of the stations’ cuts; its standard error is √(sum of the squared errors) / number of stations, the errors taken as independent.',
      ],
      ['Borderline group', 'The mean score of those who got the borderline grade.'],
      [
        'R² and slope',
        'R² is the share of the variance of scores that the line explains; the slope is how much the score rises from one grade to the next. Rules of thumb: R² above 50 %, slope about 10 % of the maximum.',
      ],
      [
        'η² and ω²',
        'η² is the share of the variance of a station’s scores that lies between its examiners; ω² takes off what chance alone would give. Fisher 1925; Hays 1963.',
      ],
    ],
  },
  {
    title: 'Reliability',
    items: [
      [
        'Cronbach’s α',
        'k/(k − 1) × (1 − sum of the stations’ variances / variance of the total), over candidates with a score at all k stations; interval of Feldt 1965. “Without it” leaves a station out. Cronbach 1951.',
      ],
      [
        'ω',
        '(sum of loadings)² / ((sum of loadings)² + sum of what is each station’s own), one factor by maximum likelihood on the covariances. McDonald 1999.',
      ],
      ['SEM', 'Standard deviation of the candidates’ means × √(1 − α), in points of the exam score. It counts once.'],
      [
        'G study',
        'The variance of scores is split into what candidates, stations and (where they can be told) examiners contribute: by analysis of variance where no score is missing, else by Henderson’s Method I. Cronbach and others 1972; Brennan 2001.',
      ],
      [
        'Eρ² and Φ',
        'The candidates’ share of the variance of a mean over the stations: Eρ² with only what changes their order as error, Φ with all that moves a score as error. The second belongs to a fixed cut.',
      ],
    ],
  },
  {
    title: 'Examiners, patients and groups',
    items: [
      [
        'Stringency',
        'Least squares on score = overall + candidate + station + examiner, examiners of a set summing to 0; by how many points an examiner marks lower than the average of the set. Positive is harsh.',
      ],
      [
        'Agreement',
        'Mean difference with limits of agreement, mean ± 1.96 standard deviations of the differences (Bland and Altman 1986); Lin’s concordance, which asks for the same level too (1989); Pearson’s and Spearman’s correlation.',
      ],
      [
        'Relations',
        'Pearson’s correlation over encounters, with an error that allows for several encounters of a candidate (clusters; Liang and Zeger 1986).',
      ],
      ['Cues', 'The share of marked cues that met a response, with Wilson’s interval (1927).'],
      [
        'Groups',
        'The difference between two groups at a station at equal means over the other stations (analysis of covariance); Mantel-Haenszel’s odds ratio of passing the station’s mark over five strata of those means, with the classes A (negligible), B and C (large) of ETS; Hedges’ g, which holds nothing equal. p values are corrected over the stations after Holm 1979.',
      ],
    ],
  },
]

const terms: Section['items'] = [
  ['Borderline', 'The grade between a fail and a clear pass, where an examiner could decide either way.'],
  ['Complete candidate', 'One who has a score at every station that counts.'],
  ['Cut', 'The score that divides passing from failing.'],
  ['Grade', 'The examiner’s global rating of the encounter, given apart from the behaviours.'],
  ['Incomplete', 'An outcome of its own: a station has no score, so that no pass or fail is said.'],
  [
    'Interval, 95 %',
    'A range made so that 95 of 100 such ranges would hold the true figure, if what the method takes for granted is so.',
  ],
  ['Mark (pass mark)', 'What an exam score must reach: the cut, and a multiple of the SEM where the rule asks for it.'],
  ['n', 'From how many scores, candidates or pairs a figure was made.'],
  ['Red flag', 'A serious concern outside the score; it counts once a second person has upheld it.'],
  ['SD', 'Standard deviation: how far scores lie from their mean, typically.'],
  ['SE', 'Standard error: how far a figure would typically move with another sample.'],
  [
    'SEM',
    'Standard error of measurement: how far a candidate’s score would typically move if the exam were repeated with other stations like these.',
  ],
  ['Stringency', 'How much lower an examiner marks than the average, candidates and stations being equal.'],
  ['Withheld', 'Not given, because it cannot be computed or would mislead; the reason stands beside it.'],
]

export const glossaryBlocks = (): Block[] => [
  heading(2, 'Glossary'),
  list(
    terms.map(([label, text]) => ({ label, text })),
    112,
    { ...small, style: 'bold' },
    small,
  ),
]
