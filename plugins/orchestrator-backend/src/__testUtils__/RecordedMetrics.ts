import {
  MetricAttributes,
  MetricsService,
  MetricsServiceObservableCallback,
} from '@backstage/backend-plugin-api/alpha';

/** A number as a collector would get it. */
export interface RecordedMetric {
  name: string;
  value: number;
  attributes?: MetricAttributes;
}

/** Takes the place of the collector that a portal sends its metrics to. */
export class RecordedMetrics {
  readonly #counted: RecordedMetric[] = [];
  readonly #callbacks = new Map<
    string,
    Set<MetricsServiceObservableCallback>
  >();

  readonly service: MetricsService = {
    createCounter: name => this.#counter(name),
    createUpDownCounter: name => this.#counter(name),
    createHistogram: () => ({ record: () => {} }),
    createGauge: () => ({ record: () => {} }),
    createObservableCounter: name => this.#observable(name),
    createObservableUpDownCounter: name => this.#observable(name),
    createObservableGauge: name => this.#observable(name),
  };

  /** All that is counted, and all gauges as they are now. */
  async collect(): Promise<RecordedMetric[]> {
    const observed: RecordedMetric[] = [];
    for (const [name, callbacks] of this.#callbacks) {
      for (const callback of callbacks) {
        await callback({
          observe: (value, attributes) =>
            observed.push({ name, value, attributes }),
        });
      }
    }
    return [...this.#counted, ...observed];
  }

  #counter(name: string) {
    return {
      add: (value: number, attributes?: MetricAttributes) => {
        this.#counted.push({ name, value, attributes });
      },
    };
  }

  #observable(name: string) {
    const callbacks = new Set<MetricsServiceObservableCallback>();
    this.#callbacks.set(name, callbacks);
    return {
      addCallback: (callback: MetricsServiceObservableCallback) => {
        callbacks.add(callback);
      },
      removeCallback: (callback: MetricsServiceObservableCallback) => {
        callbacks.delete(callback);
      },
    };
  }
}
