/** What stands in an export for whoever is handed it. */
export const bundleReadme = (
  origin: string,
  size: number
): string => `# Audit log \`${origin}\`, ${size} entries

[中文](#审计日志)

This directory is a copy of an audit log that anybody can verify, offline, without trusting those who wrote it.

| File | Holds |
| --- | --- |
| \`checkpoint\` | the newest signed tree head: origin, number of entries, root hash ([C2SP tlog-checkpoint](https://c2sp.org/tlog-checkpoint)) |
| \`checkpoints/SIZE\` | every tree head that was ever signed |
| \`keys\` | the log's verifier keys, one a line ([C2SP signed-note](https://c2sp.org/signed-note), Ed25519) |
| \`tile/L/N\` | the hashes of the Merkle tree ([C2SP tlog-tiles](https://c2sp.org/tlog-tiles), [RFC 6962](https://www.rfc-editor.org/rfc/rfc6962)) |
| \`tile/entries/N\` | the entries: each a big-endian 16-bit length and that many bytes of canonical JSON ([RFC 8785](https://www.rfc-editor.org/rfc/rfc8785)) |
| \`pruned\` | if present: entries below this number were removed by the retention policy; their hashes are still in the tree |
| \`range\` | if present: only the entries from the first to the second number were exported |
| \`verify.mjs\` | verifies all of it; one file, no dependency, meant to be read |

## Verify

    node verify.mjs

needs Node.js 18 or newer and no network. It hashes every entry, compares every hash, and checks every signature. It ends with
0 when everything is as it was signed; otherwise it names every entry that was altered, removed, inserted, reordered or cut off,
and ends with 1; with 2 when it cannot read the export.

An export cannot vouch for itself. Whoever holds the log's private key could write another log, with other keys or without its last
entries. So compare with what you have from elsewhere:

    node verify.mjs --key 'NAME+ID+KEY'          the log's key as you were told it
    node verify.mjs --witness DIRECTORY          checkpoints that were delivered outside; an older export will do

Other tools read these files as well, for they are standard: any signed-note and tlog-tiles library, or Go's
\`golang.org/x/mod/sumdb/note\` and \`tlog\`. By hand: the leaf hash of an entry is SHA-256(0x00 ‖ entry), that of a node
SHA-256(0x01 ‖ left ‖ right).

---

# 审计日志

本目录是一份审计日志的副本。任何人都可以离线验证，无需信任日志的记录方。

| 文件 | 内容 |
| --- | --- |
| \`checkpoint\` | 最新的已签名树头：日志名称、条目数、根哈希 |
| \`checkpoints/SIZE\` | 历次签名的全部树头 |
| \`keys\` | 日志的验证公钥，每行一个（Ed25519） |
| \`tile/L/N\` | 默克尔树的哈希 |
| \`tile/entries/N\` | 日志条目：每条为 16 位大端长度加规范化 JSON |
| \`pruned\` | 如存在：小于该序号的条目已按保留期限清理，其哈希仍在树中 |
| \`range\` | 如存在：只导出了这两个序号之间的条目 |
| \`verify.mjs\` | 验证脚本；单个文件，无任何依赖，可供审阅 |

## 验证

    node verify.mjs

需要 Node.js 18 或更高版本，无需联网。脚本逐条计算哈希、核对全部哈希和签名。一切与签名时一致则退出码为 0；否则逐一指出被篡改、
删除、插入、调换顺序或末尾被截断的条目，退出码为 1；无法读取则为 2。

导出文件不能自证清白：掌握日志私钥的人可以另写一份日志，或截去末尾的条目。请与您从其他渠道得到的信息核对：

    node verify.mjs --key 'NAME+ID+KEY'          您从其他渠道得知的日志公钥
    node verify.mjs --witness DIRECTORY          送到外部保存的树头；较早的一份导出文件也可以
`;
