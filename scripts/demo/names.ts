import type { Random } from './random';

const SURNAMES = [
  ...['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '胡', '朱', '高'],
  ...['林', '何', '郭', '马', '罗', '梁', '宋', '郑', '谢', '韩', '唐', '冯', '于', '董', '萧'],
  ...['程', '曹', '袁', '邓', '许', '傅', '沈', '曾', '彭', '吕', '苏', '卢', '蒋', '蔡', '贾'],
];
const COMPOUND_SURNAMES = ['欧阳', '上官', '司马', '诸葛', '慕容', '令狐', '皇甫', '尉迟', '端木'];

const GIVEN_NAMES = [
  ...['伟', '芳', '娜', '静', '敏', '磊', '洋', '婷', '凯', '丽', '强', '军', '杰', '娟', '涛'],
  ...['明月', '晓燕', '建国', '秀英', '子涵', '雨桐', '思远', '浩然', '梓萱', '志强', '美玲'],
  ...['文博', '嘉怡', '天佑', '若曦', '国栋', '海燕', '春梅', '俊杰', '诗涵', '一鸣', '清照'],
  ...['云飞', '书瑶', '家豪', '欣妍', '鹏程', '宛如', '修远', '念慈', '长卿', '知秋', '怀瑾'],
];

const FOREIGN_NAMES = [
  'Anna Müller',
  "James O'Connor",
  'María José García',
  '佐藤健一',
  'Мария Иванова',
  '김민준',
  '阿依古丽·买买提',
];

/** The name of a person: one in twelve has a compound surname, one in twenty-five is from abroad or of a minority. */
export function personName(random: Random): string {
  if (random.chance(4)) return random.pick(FOREIGN_NAMES);
  const surname = random.chance(8) ? random.pick(COMPOUND_SURNAMES) : random.pick(SURNAMES);
  return surname + random.pick(GIVEN_NAMES);
}
