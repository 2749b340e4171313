import { documentsOf, type Demo } from './context';
import { before } from './days';
import { noticeOf, type PlanKey } from './plans';
import { documentIdOf } from './random';
import { asSeed, serviceOf } from './services';
import { NOTICE } from './uids';

type Text = Record<'purposes' | 'method' | 'kinds' | 'term' | 'rights' | 'contact', string>;

interface Notice {
  title: string;
  code: string;
  zh: Partial<Text>;
  en: Partial<Text>;
}

const ZH: Text = {
  purposes: '与您订立并履行合同，提供服务与售后支持；经您另行同意，向您介绍产品与优惠。',
  method: '由您当面、电话或在线提供，不从其他来源购买或交换。',
  kinds: '姓名、联系方式、行业与需求；身份证件号码与银行卡号属敏感个人信息，须另行征得您的同意。',
  term: '自最后一次联系起两年，或至您撤回同意；法律另有规定的除外。',
  rights: '您可以随时查询、更正、复制、删除您的信息，撤回同意或拒绝；撤回不影响此前的处理。',
  contact: '信息管理部，privacy@demo.example，400-800-1234。',
};
const EN: Text = {
  purposes:
    'To conclude and perform contracts with you, to serve you and to help you afterwards; if you agree to it separately, to tell you of products and offers.',
  method: 'From yourself: in person, by telephone or online. Nothing is bought or swapped.',
  kinds:
    'Name, contact details, industry and needs. Identity and bank card numbers are sensitive and need a consent of their own.',
  term: 'Two years after the last contact, or until you withdraw, unless a law says otherwise.',
  rights:
    'You may see, correct, copy or delete your information, refuse, and withdraw at any time; what was done before stays lawful.',
  contact: 'Information department, privacy@demo.example, 400-800-1234.',
};

const NOTICES: Partial<Record<PlanKey, Notice>> = {
  general: { title: '客户信息处理告知书', code: 'customer-notice', zh: {}, en: {} },
  exhibition: {
    title: '展会登记告知书',
    code: 'exhibition-notice',
    zh: { purposes: '会后与您联系，介绍产品与优惠。', method: '由您在展位登记。' },
    en: { purposes: 'To contact you after the fair.', method: 'From yourself, at the stand.' },
  },
  enquiries: {
    title: '网站咨询告知书',
    code: 'website-notice',
    zh: { purposes: '答复您通过网站提出的咨询。', method: '由您在网站上填写。' },
    en: { purposes: 'To answer what you ask on the website.', method: 'From yourself, online.' },
  },
};

const publish = (demo: Demo, documentId: string, at: Date): Promise<boolean> =>
  serviceOf(demo.strapi, 'notices').publish(documentId, at);

const write = async (demo: Demo, notice: Notice, version: string, zh: Partial<Text> = {}) => {
  const { documentId } = await documentsOf(demo.strapi, NOTICE).create({
    data: {
      documentId: documentIdOf('notice', `${notice.code} ${version}`),
      title: notice.title,
      code: notice.code,
      version,
      texts: { zh: { ...ZH, ...notice.zh, ...zh }, en: { ...EN, ...notice.en } },
    },
  });
  return documentId;
};

/** The notices that the plans point to. @returns their documentIds. */
export async function createNotices(demo: Demo): Promise<Partial<Record<PlanKey, string>>> {
  const made: Partial<Record<PlanKey, string>> = {};
  for (const [key, notice] of Object.entries(NOTICES) as Array<[PlanKey, Notice]>) {
    const documentId = await write(demo, notice, noticeOf(key));
    await publish(demo, documentId, before(demo.now, 2900));
    made[key] = documentId;
  }
  return made;
}

/** The website's notice says something else since last week: who enquired before has to be asked again. */
export async function changeNotice(demo: Demo): Promise<void> {
  const { enquiries } = NOTICES;
  if (!enquiries) return;
  await asSeed(demo.strapi, async () => {
    const documentId = await write(demo, enquiries, 'WEB-2.1', {
      purposes: '答复您通过网站提出的咨询，并据以改进网站。',
    });
    await publish(demo, documentId, before(demo.now, 7));
    await write(demo, NOTICES.general as Notice, 'GN-4.0', {
      term: '自最后一次联系起十八个月，或至您撤回同意；法律另有规定的除外。',
    });
  });
}
