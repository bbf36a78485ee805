import type { z } from 'zod'
import { accountChannels } from './parts/accounts.ts'
import { analysisFileChannels } from './parts/analysis-files.ts'
import { analysisChannels } from './parts/analysis.ts'
import { appChannels } from './parts/app.ts'
import { backupChannels } from './parts/backups.ts'
import { auditChannels } from './parts/audit.ts'
import { encounterChannels } from './parts/encounters.ts'
import { protectionChannels } from './parts/protection.ts'
import { privacyChannels } from './parts/privacy.ts'
import { examChannels } from './parts/exams.ts'
import { laptopChannels } from './parts/laptops.ts'
import { resultChannels } from './parts/results.ts'
import type { ChannelName } from './channels.ts'
import type { Channel } from './parts/common.ts'

/** Every call a screen can make: who may make it, what goes in, what comes out. */
export const contract = {
  ...accountChannels,
  ...appChannels,
  ...examChannels,
  ...encounterChannels,
  ...resultChannels,
  ...analysisChannels,
  ...analysisFileChannels,
  ...laptopChannels,
  ...privacyChannels,
  ...backupChannels,
  ...protectionChannels,
  ...auditChannels,
} as const satisfies Record<ChannelName, Channel>

export type Contract = typeof contract
export type Input<C extends ChannelName> = z.output<Contract[C]['input']>
export type Output<C extends ChannelName> = z.output<Contract[C]['output']>
