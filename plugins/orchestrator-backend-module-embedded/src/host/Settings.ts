import type { EmbeddedConfig } from '../config/EmbeddedConfig';
import { parseProperties } from '../properties';
import { Redactor } from '../secrets';
import { readFile } from 'node:fs/promises';

/** Properties of this kind hold secrets, wherever their values come from. */
const SECRET_PROPERTY =
  /(password|passwd|secret|token|api[-_.]?key|credential|private[-_.]?key)[^.]*$/i;
const MAX_BYTES = 1_000_000;

/** What workflows get from the outside: properties and secrets. */
export class Settings {
  /** Always the same object, so that whoever has it sees the present values. */
  readonly properties: Record<string, string> = Object.create(null);
  /** Why the properties can't be read. */
  problem: string | undefined;
  readonly #config: EmbeddedConfig;
  #redactor: Redactor;

  private constructor(config: EmbeddedConfig) {
    this.#config = config;
    this.#redactor = Redactor.create(Object.values(config.secrets));
  }

  static create(config: EmbeddedConfig): Settings {
    return new Settings(config);
  }

  get redactor(): Redactor {
    return this.#redactor;
  }

  readonly secret = (name: string): string | undefined =>
    Object.hasOwn(this.#config.secrets, name)
      ? this.#config.secrets[name]
      : undefined;

  /** Reads the properties again. True when they are other ones now. */
  async reload(): Promise<boolean> {
    const before = JSON.stringify(this.properties);
    const next = parseProperties(await this.#readText(), this.secret);
    for (const key of Object.keys(this.properties)) {
      delete this.properties[key];
    }
    Object.assign(this.properties, next);
    this.#redactor = Redactor.create([
      ...Object.values(this.#config.secrets),
      ...Object.entries(next)
        .filter(([key]) => SECRET_PROPERTY.test(key))
        .map(([, value]) => value),
    ]);
    return JSON.stringify(this.properties) !== before;
  }

  async #readText(): Promise<string> {
    this.problem = undefined;
    try {
      const text = await readFile(this.#config.properties, 'utf8');
      if (text.length <= MAX_BYTES) {
        return text;
      }
      this.problem = `The file ${
        this.#config.properties
      } is too large for properties.`;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Workflows may do without.
      if (code !== 'ENOENT') {
        this.problem = `The properties ${
          this.#config.properties
        } can't be read: ${code}.`;
      }
    }
    return '';
  }
}
