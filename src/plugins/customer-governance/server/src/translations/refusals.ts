import { PLUGIN } from '../domain';
import { labelsOf, languageOf, translatorOf, type Reader } from './language';
import type { Translate } from './catalogue';

interface Problem {
  message?: unknown;
}
interface Refusal {
  message?: unknown;
  details?: { errors?: unknown };
}
interface Context extends Reader {
  path: string;
  status: number;
  body?: unknown;
  vary(field: string): void;
  set(field: string, value: string): void;
}

/** What the forms of the Content Manager are sent to: whoever filled one in knows attributes by their labels. */
const FORM = new RegExp(`^/content-manager/[a-z]+-types/plugin::${PLUGIN}\\.([a-z-]+)(?:/|$)`);

/**
 * Answers refusals in the language of their reader. They are thrown in English wherever something is refused, and Strapi
 * makes one shape of all of them: here, outside of `strapi::errors`, they are translated, and nowhere else.
 */
export const refusalsInLanguage = () => async (ctx: Context, next: () => Promise<void>) => {
  await next();
  if (ctx.status < 400) return;
  const { body } = ctx;
  const refusal = (body as { error?: unknown } | null | undefined)?.error;
  if (typeof refusal !== 'object' || refusal === null) return;
  ctx.vary('Accept-Language');
  const language = languageOf(ctx);
  if (language === 'en') return;
  const translate = translatorOf(language);
  const labels = labelsOf(language, FORM.exec(ctx.path)?.[1]);
  const inWords = (text: string) => translate(text, labels);
  ctx.body = { ...(body as object), error: translated(refusal, inWords) };
  ctx.set('Content-Language', language);
};

function translated(refusal: Refusal, translate: Translate): Refusal {
  const { message, details } = refusal;
  const errors = Array.isArray(details?.errors) ? (details.errors as Problem[]) : null;
  const answers = errors?.map((each) =>
    typeof each?.message === 'string' ? { ...each, message: translate(each.message) } : each
  );
  const all = (problems: readonly Problem[], joint: string) =>
    problems.map((each) => String(each?.message)).join(joint);
  return {
    ...refusal,
    ...(typeof message === 'string' && {
      // The message of several problems is all of theirs.
      message:
        errors && answers && message === all(errors, '; ')
          ? all(answers, '；')
          : translate(message),
    }),
    ...(answers && { details: { ...details, errors: answers } }),
  };
}
