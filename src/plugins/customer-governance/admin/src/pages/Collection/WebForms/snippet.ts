export interface SnippetOptions {
  /** Where this server is, as websites reach it. */
  server: string;
  code: string;
  language: 'zh' | 'en';
}

const WORDS = {
  zh: { send: '提交', done: '已收到，回执号：' },
  en: { send: 'Send', done: 'Received. Your receipt: ' },
} as const;

/**
 * What is put into a page to show a form: plain HTML and JavaScript without any library, which developers take as it is or as
 * the pattern of their own. The documentation shows the same, and a browser test fills it in.
 */
export const snippetOf = ({
  server,
  code,
  language,
}: SnippetOptions): string => `<form id="customer-form" lang="${language}"></form>
<script type="module">
  const address = '${server}/api/customer-governance/web-forms/${code}';
  const form = document.getElementById('customer-form');
  const output = document.createElement('output');

  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const inputOf = ({ name, type, choices, required, maxLength, example }) => {
    if (choices) {
      return element('select', { name, required }, ...['', ...choices].map((value) => element('option', { value }, value)));
    }
    const input = element(type === 'text' ? 'textarea' : 'input', { name, required, placeholder: example ?? '' });
    if (maxLength) input.maxLength = maxLength;
    return input;
  };
  const labelled = (text, input) => element('p', {}, element('label', {}, input, ' ', text));

  // Each attempt to enter has a key: sent again after a broken connection, it is answered and not entered twice.
  const send = async (token, consents, key) => {
    const filledIn = new FormData(form);
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify({
        token,
        language: '${language}',
        fields: Object.fromEntries([...filledIn].filter(([name, value]) => !name.startsWith('consent ') && value !== '')),
        consents: consents.map(({ purpose, scope }) => ({ purpose, scope, given: filledIn.has(\`consent \${purpose} \${scope}\`) })),
      }),
    });
    return answer.json();
  };

  const { data, error } = await (await fetch(\`\${address}?language=${language}\`)).json();
  if (error) {
    form.replaceChildren(error.message);
  } else {
    const key = crypto.randomUUID();
    form.replaceChildren(
      ...data.fields.map((field) => labelled(field.label, inputOf(field))),
      element('p', { style: 'white-space: pre-line' }, data.notice.text),
      ...data.consents.map(({ purpose, scope, name }) =>
        labelled(name, element('input', { type: 'checkbox', name: \`consent \${purpose} \${scope}\` }))
      ),
      element('button', {}, '${WORDS[language].send}'),
      output
    );
    form.onsubmit = async (event) => {
      event.preventDefault();
      const answer = await send(data.token, data.consents, key);
      if (answer.data) {
        form.replaceChildren(\`${WORDS[language].done}\${answer.data.receipt}\`);
      } else {
        const problems = answer.error.details?.errors?.map(({ message }) => message);
        output.textContent = (problems ?? [answer.error.message]).join('\\n');
      }
    };
  }
</script>
`;
