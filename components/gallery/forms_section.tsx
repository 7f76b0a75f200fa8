import type { VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import { Button } from "../button.tsx";
import { Checkbox } from "../checkbox.tsx";
import { Chip } from "../chip.tsx";
import { Code, Copyable } from "../code.tsx";
import { ConfirmDialog } from "../confirm_dialog.tsx";
import { FieldGroup, FieldSet } from "../field_group.tsx";
import { FormErrors } from "../form_errors.tsx";
import { Cell, Grid } from "../grid.tsx";
import { KeyValues } from "../key_values.tsx";
import { MessageText } from "../message_text.tsx";
import { Moment } from "../moment.tsx";
import { inGroups, PaletteList } from "../palette_list.tsx";
import { Panel } from "../panel.tsx";
import { PartCounter } from "../part_counter.tsx";
import { PasswordField } from "../password_field.tsx";
import { Progress } from "../progress.tsx";
import { Segmented } from "../segmented.tsx";
import { SelectField } from "../select_field.tsx";
import { Strip } from "../strip.tsx";
import { Switch } from "../switch.tsx";
import { TextArea } from "../text_area.tsx";
import { TextField } from "../text_field.tsx";
import { TimeLine } from "../time_line.tsx";
import { CAPTIONS, LONG_TEXT, NOW, RECEIPT, SAID, secondsAgo } from "./samples.ts";

/** Fields, choices, dialogs, a message's life. */
export function FormsSection({ t }: { readonly t: T }): VNode {
  const { format } = t;
  const at = (seconds: number) => (
    <Moment format={format} at={secondsAgo(seconds)} now={NOW} as="ms" />
  );
  return (
    <Grid>
      <Cell span="half">
        <Panel title={CAPTIONS.form} ruled>
          <form method="post" action="#">
            <FormErrors
              t={t}
              faults={[
                { id: "cid", label: t("connectors.connector") },
                { id: "port", label: t("connector.port") },
              ]}
            />
            <FieldGroup>
              <TextField
                id="cid"
                name="cid"
                label={t("connectors.connector")}
                jcliKey="cid"
                value={SAID.badCid}
                error={t("form.tooLong", { have: 24, n: 16 })}
              />
              <TextField
                id="port"
                name="port"
                label={t("connector.port")}
                jcliKey="port"
                inputMode="numeric"
                value={SAID.badPort}
                error={t("form.tooGreat", { value: SAID.badPort, most: format.number(65_535) })}
              />
              <TextField
                id="host"
                name="host"
                label={t("connector.host")}
                jcliKey="host"
                value={SAID.host}
                hint={t("services.answeredIn", { span: format.duration(31) })}
              />
              <SelectField
                id="bind"
                name="bind"
                label={t("connector.bindAs")}
                jcliKey="bind"
                value="transceiver"
                choices={(["transceiver", "transmitter", "receiver"] as const).map((value) => ({
                  value,
                  label: t(`connector.${value}`),
                }))}
              />
              <TextField
                id="limit"
                name="limit"
                label={t("connector.throughput")}
                jcliKey="submit_throughput"
                unit={t("chart.perSecond")}
                value="25"
              />
              <PasswordField
                t={t}
                id="secret"
                name="secret"
                label={t("signIn.password")}
                jcliKey="password"
                hint={t("form.secretKeep")}
              />
              <TextField
                id="off"
                name="off"
                label={t("connector.username")}
                value={SAID.gateway}
                disabled
              />
              <TextArea id="text" name="text" label={t("compose.text")} value={LONG_TEXT} />
            </FieldGroup>
          </form>
        </Panel>
      </Cell>
      <Cell span="half">
        <Panel title={CAPTIONS.confirm} ruled>
          <ConfirmDialog
            t={t}
            id="stop-connector"
            inline
            title={t("connectors.stopTitle", { name: "wholesale_eu_backup_line_2" })}
            effects={[
              {
                tone: "down",
                text: t("connectors.stopEffectTraffic", { rate: format.number(22.9, 1) }),
              },
              { tone: "warn", text: t("connectors.stopEffectQueue", { n: 14 }) },
              { tone: "ok", text: t("connectors.keptEffect") },
            ]}
            action="#"
            verb={t("connectors.stopOne", { name: "wholesale_eu_backup_line_2" })}
            keep={t("connectors.keepRunning")}
            typed="wholesale_eu_backup_line_2"
          />
        </Panel>
      </Cell>
      <Cell span="third">
        <Panel title={CAPTIONS.buttons}>
          <div class="flex flex-wrap items-center gap-2">
            <Button kind="primary">{t("empty.connectorsAction")}</Button>
            <Button icon="restart">{t("connectors.restart")}</Button>
            <Button kind="quiet">{t("common.discard")}</Button>
            <Button kind="danger">{t("common.delete")}</Button>
            <Button disabled icon="check">{t("common.save")}</Button>
            <Button small>{t("dashboard.acknowledge")}</Button>
            <Button icon="more" label={t("common.more")} />
          </div>
        </Panel>
      </Cell>
      <Cell span="third">
        <Panel title={CAPTIONS.choices}>
          <div class="grid gap-3">
            <FieldSet legend={t("connector.bindAs")}>
              <Checkbox type="radio" name="r" label={t("connector.transceiver")} checked />
              <Checkbox type="radio" name="r" label={t("connector.transmitter")} />
            </FieldSet>
            <div class="flex flex-wrap gap-x-4 gap-y-1">
              <Checkbox name="a" label={t("connector.tls")} checked />
              <Checkbox name="b" label={t("signIn.stay")} />
              <Checkbox name="c" label={t("common.optional")} disabled />
              <Switch name="d" label={t("form.on")} checked />
              <Switch name="e" label={t("form.off")} />
            </div>
            <div class="flex flex-wrap items-center gap-2">
              <Segmented
                small
                label={t("dashboard.view")}
                segments={[
                  { href: "#1", label: t("time.hour"), current: true },
                  { href: "#2", label: t("time.day") },
                  { href: "#3", label: t("time.week") },
                ]}
              />
              <Chip t={t} href="#" on>{t("connectorStates.down")}</Chip>
              <Chip t={t} href="#" name={t("messages.state")} on removable>
                {t("messageStates.expired")}
              </Chip>
            </div>
          </div>
        </Panel>
      </Cell>
      <Cell span="side">
        <Panel title={CAPTIONS.palette} padded={false}>
          <PaletteList
            t={t}
            id="sample-palette"
            active="2"
            entries={inGroups([
              { id: "1", group: "pages", label: t("nav.connectors"), href: "#" },
              { id: "2", group: "connectors", label: "operator_de_1", href: "#" },
              {
                id: "3",
                group: "actions",
                label: t("connectors.restartOne", { name: "operator_de_1" }),
                href: "#",
                hint: t("palette.asks"),
              },
            ])}
          />
        </Panel>
      </Cell>
      <Cell span="third">
        <Panel title={CAPTIONS.message}>
          <div class="grid gap-3">
            <MessageText t={t} text={LONG_TEXT} />
            <PartCounter t={t} text={LONG_TEXT} most={5} />
            <PartCounter t={t} text={"{€}".repeat(200)} most={5} />
            <PartCounter t={t} text="" most={5} />
          </div>
        </Panel>
      </Cell>
      <Cell span="third">
        <Panel title={CAPTIONS.life}>
          <TimeLine
            label={t("message.life")}
            steps={[
              { key: "1", tone: "ok", title: t("signals.request"), time: at(9) },
              {
                key: "2",
                tone: "ok",
                title: t("signals.accept"),
                time: at(8),
                detail: t("message.afterSpan", { span: format.duration(28) }),
              },
              {
                key: "3",
                tone: "warn",
                title: t("signals.submitRetried"),
                time: at(6),
                detail: SAID.bind,
              },
              { key: "4", tone: "info", title: t("signals.submitted"), time: at(5) },
              {
                key: "5",
                tone: "ok",
                title: t("signals.receiptDelivered"),
                time: at(2),
                detail: <span class="font-mono">{RECEIPT}</span>,
              },
            ]}
          />
        </Panel>
      </Cell>
      <Cell span="side">
        <Panel title={CAPTIONS.values2}>
          <div class="grid gap-3">
            <KeyValues
              items={[
                { key: "a", label: t("message.account"), value: SAID.gateway },
                {
                  key: "id",
                  label: t("message.id"),
                  value: <Copyable t={t} value={SAID.id} label={t("message.copyId")} />,
                },
                { key: "r", label: t("message.reason"), value: SAID.refused },
              ]}
            />
            <KeyValues
              numbers
              items={[
                { key: "s", label: t("connector.submitSent"), value: format.number(1_204_118) },
                { key: "t", label: t("connector.throttled"), value: format.number(0) },
              ]}
            />
            <Code label={t("message.raw")}>{RECEIPT}</Code>
          </div>
        </Panel>
      </Cell>
      <Cell span="full">
        <Panel title={CAPTIONS.progress} sub={t("connector.last24Hours")}>
          <div class="grid gap-4">
            <Progress
              format={format}
              total={346_200}
              parts={[
                { series: "delivered", label: t("dashboard.delivered"), count: 204_406 },
                { series: "pending", label: t("dashboard.pending"), count: 5_268 },
                { series: "failed", label: t("dashboard.failed"), count: 4_331 },
                { series: "uncertain", label: t("dashboard.uncertain"), count: 613 },
              ]}
            />
            <Strip
              size="page"
              label={t("connector.downTimes", {
                share: format.percent(0.986),
                n: 1,
                span: format.duration(1_200_000),
              })}
              runs={[
                { state: "ok", length: 320 },
                { state: "warn", length: 12 },
                { state: "ok", length: 180 },
                {
                  state: "down",
                  length: 20,
                  title: t("connector.run", {
                    state: t("connectorStates.down"),
                    from: "23:02",
                    to: "23:22",
                  }),
                },
                { state: "ok", length: 230 },
                { state: "gap", length: 40 },
                { state: "ok", length: 590 },
                { state: "idle", length: 48 },
              ]}
            />
          </div>
        </Panel>
      </Cell>
    </Grid>
  );
}
