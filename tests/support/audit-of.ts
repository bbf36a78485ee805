import type { AuditEntry } from '#shared/contract/parts/audit.ts'
import type { Input, Output } from '#shared/contract/contract.ts'

type Filter = Input<'audit.list'>['filter']
type List = (channel: 'audit.list', input: Input<'audit.list'>) => Promise<Output<'audit.list'>>

/** A filter that lets everything through; without an exam, what is about the installation. */
export const everything = (more: Partial<Filter> = {}): Filter => ({
  ...{ examId: null, personId: null, candidateId: null, stationId: null, device: null, kind: null },
  ...{ text: '', from: null, to: null, ...more },
})

/** What the audit view shows, newest first. */
export const auditOf = async (list: List, more: Partial<Filter> = {}): Promise<AuditEntry[]> =>
  (await list('audit.list', { filter: everything(more), before: null })).entries

/** What was done, in words, without the marks that keep names in their direction. */
export const saidIn = async (list: List, more: Partial<Filter> = {}): Promise<string[]> =>
  (await auditOf(list, more)).map(({ did }) => did.replaceAll(/[\u2068\u2069]/g, ''))
