/** By which channels somebody agreed to be contacted; `any`: by each. */
export const CHANNELS = ['any', 'phone', 'sms', 'e-mail', 'wechat', 'post', 'visit'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Whether a consent holds for a channel: `any` asks for one that is not limited. */
export const holdsFor = (agreed: Channel | null | undefined, channel: Channel): boolean =>
  agreed === null || agreed === undefined || agreed === 'any' || agreed === channel;
