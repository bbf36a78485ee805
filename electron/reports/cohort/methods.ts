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
      `Rubric: ${used.join('; ') || 'none'}. A domain score is the weighted mean of its rated behaviours as a share of the highest level, times 100; a station score the weighted mean of its domain scores, given where at least half of the behaviours were rated; an exam score the mean of the station scores. “No opportunity arose” and missing marks carry no weight. SD is the sample’s (n − 1); quartiles lie between scores in proportion (type 7 of Hyndman and Fan). In the table of stations quartiles are withheld below four scores. A dash means that a figure is withheld. Scores are computed and compared unrounded.`,
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
        'A straight line of scores on grades (1 the worst) is laid through a station’s candidates by least squares: score = a + b × grade. The cut is the line’s score at the borderline grade. Its standard error is s × √(1/n + (borderline − mean grade)² / sum of squared deviations of the grades), s being the standard deviation of what the line leaves over (n − 2); the interval is Student’s t. Kramer and others 2003; Pell and others 2010.',
      ],
      [
        'Cut of the exam',
        'The mean of the stations’ cuts; its standard error is √(sum of the squared errors) / number of stations, the errors taken as independent.',
      ],
      ['Borderline group', 'The mean, and the median, of the scores of those who got the borderline grade.'],
      [
        'Other methods',
        'They stand beside borderline regression; where one is in force the first page says so. Angoff: the mean of what judges expect of a borderline candidate, its error SD / √judges. Cohen: a declared share of the 95th percentile (type 7). Hofstee: where the cumulative curve of fails meets the diagonal of what is acceptable.',
      ],
      [
        'R², slope, intercept',
        'R² is the share of the variance of scores that the line explains; the slope b is how much the score rises from one grade to the next, also as per cent of the maximum; the intercept a is the line’s score at grade 0. Rules of thumb: R² above 0.50, slope about 10 % of the maximum.',
      ],
      ['Scores below the cut', 'Scores less than the cut, compared unrounded; who has no score is not counted.'],
      [
        'η², ω², F and p',
        'η² = variation of scores between a station’s examiners / all variation; ω² takes off what chance alone would give; F compares variation between and within examiners (one-way analysis of variance), p is the probability of such an F if they did not differ. Under 30 % is acceptable, over 40 % a concern. Fisher 1925; Hays 1963.',
      ],
    ],
  },
  {
    title: 'Reliability',
    items: [
      [
        'Cronbach’s α',
        'k/(k − 1) × (1 − sum of the stations’ variances / variance of the total), over candidates with a score at all k stations; interval of Feldt 1965. “Without it” leaves a station out; “standardized” takes all stations as varying alike. Cronbach 1951.',
      ],
      ['r with the rest', 'Pearson’s correlation of a station’s score with the sum of the other stations’.'],
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
        'The candidates’ variance / (the candidates’ variance + error) of a mean over the stations: Eρ² with only what changes their order as error, Φ with all that moves a score as error. The second belongs to a fixed cut. The SEM in comparing and at a cut are the roots of the two errors.',
      ],
      [
        'D study',
        'The same with other numbers of stations and examiners: each component is divided by how many of its kind would be averaged. Negative components count as 0.',
      ],
    ],
  },
  {
    title: 'Examiners',
    items: [
      [
        'Least squares',
        'Score = overall + candidate + station + examiner, examiners of a set summing to 0; by how many points an examiner marks lower than the average of the set. Positive is harsh; intervals are Student’s t.',
      ],
      [
        'Mixed model',
        'The same with stations as fixed and candidates and examiners as random effects, variances by restricted maximum likelihood (REML); an examiner’s figure is the best linear unbiased prediction, drawn to the average where marks are few. Share of examiners = their variance / (candidates’ + examiners’ + rest). Patterson and Thompson 1971; Henderson 1975.',
      ],
      [
        'Rasch model',
        'ln(probability of a grade / of the one below it) = candidate’s ability − station’s difficulty − examiner’s severity − threshold of the grade, in logits, by joint maximum likelihood; difficulties, severities and thresholds have the mean 0. Linacre 1989.',
      ],
      [
        'Infit, outfit, z',
        'Mean squares of observed − expected grades, 1 where they scatter as the model expects: infit weighs by information, outfit counts all alike and so shows single surprises. Above 1.5 erratic, above 2 misleading, below 0.5 too regular (Linacre 2002). z is the same as about a standard normal figure (Wilson and Hilferty).',
      ],
      [
        'Separation, strata',
        'Separation G = true spread / error of the measures; strata (4G + 1)/3; reliability = true / observed variance; fixed χ² tests whether all are equal. Wright and Masters 1982.',
      ],
      ['Fair average', 'The grade to be expected where everything else stands at its mean.'],
    ],
  },
  {
    title: 'Patients and groups',
    items: [
      [
        'Agreement',
        'Mean difference with limits of agreement, mean ± 1.96 standard deviations of the differences (Bland and Altman 1986); the slope of the differences on the mean of both says whether they grow with the level; Lin’s concordance, 2 × covariance / (both variances + squared difference of the means) (1989); Pearson’s and Spearman’s correlation.',
      ],
      [
        'ICC',
        'Intraclass correlations of Shrout and Fleiss 1979, from the mean squares of encounters, raters and rest: (1,·) takes raters as differing by encounter, (2,·) asks for agreement, (3,·) for the same order; 1 is one rating, k the mean of both. Intervals by F.',
      ],
      [
        'κ, Krippendorff’s α',
        'κ = (agreement seen − by chance) / (1 − by chance), of scores cut into five bands; weights count bands apart, linear or squared (Cohen 1968). Krippendorff’s α = 1 − disagreement seen / expected by chance, of the scores and of the bands (2011).',
      ],
      [
        'Relations',
        'Pearson’s correlation over encounters, with an error that allows for several encounters of a candidate (clusters; Liang and Zeger 1986); beside it the correlation of each candidate’s means.',
      ],
      [
        'Cues, look-alikes',
        'The share of marked cues that met a response, and of encounters with a look-alike, with Wilson’s interval (1927).',
      ],
      [
        'Adjusted difference',
        'The difference between two groups at a station at equal means over the other stations (analysis of covariance).',
      ],
      [
        'Mantel-Haenszel',
        'The odds of passing the station’s mark, of one group against the other, over five strata of those means (1959); Δ = −2.35 × the logarithm of that ratio, below 0 where passing is harder, with the classes A (negligible), B and C (large) of ETS.',
      ],
      [
        'Hedges’ g',
        'The difference of the groups as they are, in pooled standard deviations, corrected for small groups.',
      ],
      ['Holm', 'p values over the stations: the smallest × their number, the next × one less, and so on (1979).'],
    ],
  },
]

const terms: Section['items'] = [
  [
    'Alliance',
    'What the patient felt of being listened to, understood, respected and helped: the mean of five answers.',
  ],
  ['Borderline', 'The grade between a fail and a clear pass, where an examiner could decide either way.'],
  ['Complete candidate', 'One who has a score at every station that counts.'],
  ['Cue', 'What a patient says or shows that asks for a response; met, where the examiner marked one.'],
  ['Cut', 'The score that divides passing from failing.'],
  ['Grade', 'The examiner’s global rating of the encounter, given apart from the behaviours.'],
  ['Incomplete', 'An outcome of its own: a station has no score, so that no pass or fail is said.'],
  [
    'Interval, 95 %',
    'A range made so that 95 of 100 such ranges would hold the true figure, if what the method takes for granted is so.',
  ],
  ['Logit', 'The unit of the Rasch model: one more multiplies the odds of the better of two grades by 2.7.'],
  ['Look-alike', 'What looks like empathy and is not, such as comfort that comes too early.'],
  ['Mark (pass mark)', 'What an exam score must reach: the cut, and a multiple of the SEM where the rule asks for it.'],
  ['Moment', 'A point in time at which the examiner marked what became of a cue.'],
  ['n', 'From how many scores, candidates or pairs a figure was made.'],
  ['p', 'How often chance alone would give so large a difference, if there were none.'],
  ['Red flag', 'A serious concern outside the score; it counts once a second person has upheld it.'],
  ['Reliability', 'How far candidates would come out the same with other stations like these: 0 by chance, 1 exactly.'],
  ['SD', 'Standard deviation: how far scores lie from their mean, typically.'],
  ['SE', 'Standard error: how far a figure would typically move with another sample.'],
  [
    'SEM',
    'Standard error of measurement: how far a candidate’s score would typically move if the exam were repeated with other stations like these.',
  ],
  [
    'Severity',
    'How strict an examiner is, in logits of the Rasch model; stringency is the same in points of the score.',
  ],
  ['Stringency', 'How much lower an examiner marks than the average, candidates and stations being equal.'],
  ['Threshold', 'Where a grade becomes more probable than the one below it.'],
  ['Variance', 'The square of a standard deviation: it can be split into parts that add up.'],
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
