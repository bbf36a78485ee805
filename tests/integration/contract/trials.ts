import type { ChannelName } from '#shared/contract/channels.ts'
import { accountTrials } from './trials/accounts.ts'
import { analysisTrials } from './trials/analysis.ts'
import { appTrials } from './trials/app.ts'
import { auditTrials } from './trials/audit.ts'
import { backupTrials } from './trials/backups.ts'
import { encounterTrials } from './trials/encounters.ts'
import { examTrials } from './trials/exams.ts'
import { laptopTrials } from './trials/laptops.ts'
import { privacyTrials } from './trials/privacy.ts'
import { protectionTrials } from './trials/protection.ts'
import { resultTrials } from './trials/results.ts'
import type { Trial } from './trials/trial.ts'

/** What every channel is tried with; a new channel without a trial does not compile. */
export const trials: { [C in ChannelName]: Trial<C> } = {
  ...accountTrials,
  ...analysisTrials,
  ...appTrials,
  ...auditTrials,
  ...backupTrials,
  ...encounterTrials,
  ...examTrials,
  ...laptopTrials,
  ...privacyTrials,
  ...protectionTrials,
  ...resultTrials,
}
