import assert from "node:assert/strict";
import { JcliParseError } from "./errors.ts";
import { parseConnector, parseConnectorList, parseHttpConnectorList } from "./parse_connectors.ts";
import {
  parseFilter,
  parseFilterList,
  parseInterceptorList,
  parseMoRouteList,
  parseMtRouteList,
} from "./parse_routing.ts";
import {
  parseConnectorStats,
  parseStatItems,
  parseUserStatItems,
  parseUserStats,
} from "./parse_stats.ts";
import { parseGroupList, parseUser, parseUserList } from "./parse_users.ts";

// The layouts are those of the transcripts; what no transcript has (columns of later releases,
// broken tables) is written here.

const CONNECTORS = "#Connector id                        Service Session          Starts Stops";
const CONNECTOR = "#op_1                                started BOUND_TRX        1      0    ";

Deno.test("connectors", () => {
  assert.deepEqual(parseConnectorList([CONNECTORS, CONNECTOR, "Total connectors: 1"]), [
    { cid: "op_1", service: "started", session: "BOUND_TRX", starts: 1, stops: 0 },
  ]);
  assert.deepEqual(parseConnectorList(["Total connectors: 0"]), []);
});

Deno.test("no line is lost silently", () => {
  const broken: readonly (readonly string[])[] = [
    [],
    [CONNECTORS, CONNECTOR],
    [CONNECTORS, CONNECTOR, "Total connectors: 2"],
    [CONNECTORS, CONNECTOR, CONNECTOR, "Total connectors: 1"],
    [CONNECTOR, "Total connectors: 1"],
    [CONNECTORS, CONNECTOR.replace("BOUND_TRX", "DREAMING "), "Total connectors: 1"],
    [CONNECTORS, CONNECTOR, "surprise", "Total connectors: 2"],
    ["#Something else", CONNECTOR, "Total connectors: 1"],
  ];
  for (const lines of broken) {
    assert.throws(() => parseConnectorList(lines), JcliParseError, JSON.stringify(lines));
  }
  assert.throws(
    () => parseConnectorList([CONNECTORS, CONNECTOR, "surprise", "Total connectors: 2"]),
    (error) => error instanceof JcliParseError && error.line === "surprise",
  );
});

Deno.test("a connector, with a key of a later release and a value that is none of its key", () => {
  const config = parseConnector([
    "cid op_1",
    "host 127.0.0.1",
    "port 2775",
    "username smppclient",
    "password hunter2",
    "systype ",
    "bind transceiver",
    "ssl no",
    "src_addr None",
    "submit_throughput 12.5",
    "logrotate weekly",
    "custom_tlvs 0x1400,Int1,-",
    "new_key a b",
  ]);
  assert.deepEqual(config, {
    cid: "op_1",
    host: "127.0.0.1",
    port: 2775,
    username: "smppclient",
    systype: "",
    bind: "transceiver",
    ssl: false,
    src_addr: null,
    submit_throughput: 12.5,
    custom_tlvs: "0x1400,Int1,-",
    other: { logrotate: "weekly", new_key: "a b" },
  });
  assert.doesNotMatch(JSON.stringify(config), /hunter2/);
});

Deno.test("a connector's password is in no error either", () => {
  assert.throws(() => parseConnector(["cid op_1", "password\thunter2"]), (error) => {
    assert.ok(error instanceof JcliParseError);
    assert.doesNotMatch(`${error.message}${error.line}`, /hunter2/);
    return true;
  });
  assert.throws(() => parseConnector(["host 127.0.0.1"]), JcliParseError);
  assert.throws(() => parseConnector(["cid op_1", "cid op_2"]), JcliParseError);
});

Deno.test("HTTP connectors", () => {
  const url = `http://127.0.0.1/${"x".repeat(80)}?a=1`;
  assert.deepEqual(
    parseHttpConnectorList([
      "#Httpcc id        Type                   Method URL                                ",
      `#h_1              HttpConnector          POST   ${url}`,
      "Total Httpccs: 1",
    ]),
    [{ cid: "h_1", url, method: "POST" }],
  );
});

Deno.test("groups and users, disabled and without limits", () => {
  assert.deepEqual(
    parseGroupList(["#Group id        ", "#!g1             ", "#g2 ", "Total Groups: 2"]),
    [
      { gid: "g1", enabled: false },
      { gid: "g2", enabled: true },
    ],
  );
  assert.deepEqual(
    parseUserList([
      "#User id          Group id         Username         Balance MT SMS Throughput",
      "#u1               !g1              alice            44.2    ND     ND/2.0  ",
      "#!u2              g2               bob              ND (!)  ND (!) ND/ND   ",
      "#u3               g2               a_long_username1 99.98100000000001 1000000000 0.5/1000.25",
      "Total Users: 3",
    ]),
    [
      {
        uid: "u1",
        gid: "g1",
        username: "alice",
        enabled: true,
        groupEnabled: false,
        balance: 44.2,
        smsCount: null,
        httpThroughput: null,
        smppsThroughput: 2,
      },
      {
        uid: "u2",
        gid: "g2",
        username: "bob",
        enabled: false,
        groupEnabled: true,
        balance: null,
        smsCount: null,
        httpThroughput: null,
        smppsThroughput: null,
      },
      {
        uid: "u3",
        gid: "g2",
        username: "a_long_username1",
        enabled: true,
        groupEnabled: true,
        balance: 99.98100000000001,
        smsCount: 1_000_000_000,
        httpThroughput: 0.5,
        smppsThroughput: 1000.25,
      },
    ],
  );
  assert.deepEqual(parseUserList(["Total Users in group [g9]: 0"]), []);
});

const USER = [
  "uid u1",
  "gid g1",
  "username alice",
  "mt_messaging_cred authorization http_send True",
  "mt_messaging_cred authorization http_bulk False",
  "mt_messaging_cred valuefilter content ^a  b$",
  "mt_messaging_cred defaultvalue src_addr None",
  "mt_messaging_cred quota balance 44.2",
  "mt_messaging_cred quota early_percent ND",
  "mt_messaging_cred quota sms_count 7",
  "mt_messaging_cred quota http_throughput ND",
  "mt_messaging_cred quota smpps_throughput 2.0",
  "smpps_cred authorization bind True",
  "smpps_cred quota max_bindings ND",
];

Deno.test("a user, of both releases", () => {
  const user = parseUser(USER);
  assert.deepEqual(user.authorization, { http_send: true, http_bulk: false });
  assert.deepEqual(user.valuefilter, { content: "^a  b$" });
  assert.deepEqual(user.quota, {
    balance: 44.2,
    early_percent: null,
    sms_count: 7,
    http_throughput: null,
    smpps_throughput: 2,
  });
  assert.deepEqual(user.smpps, { bind: true, max_bindings: null });
  const later = parseUser(USER.toSpliced(-1, 0, "smpps_cred authorization ip 10.0.0.0/8, ::1"));
  assert.deepEqual(later.smpps, { bind: true, ip: "10.0.0.0/8, ::1", max_bindings: null });
  for (const index of USER.keys()) {
    if (index < 3 || index > 5) {
      assert.throws(() => parseUser(USER.toSpliced(index, 1)), JcliParseError);
    }
  }
  assert.throws(() => parseUser([...USER, "surprise"]), JcliParseError);
});

Deno.test("filters", () => {
  assert.deepEqual(
    parseFilterList([
      "#Filter id        Type                   Routes Description                     ",
      "#f1               TransparentFilter      MO MT  <T>                             ",
      "#f2               UserFilter             MT     <U (uid=u1)>                    ",
      "#f3               ConnectorFilter        MO     <C (cid=op_1)>                  ",
      "#da               DestinationAddrFilter  MO MT  <DA (dst_addr=^216, <x>)>       ",
      "Total Filters: 4",
    ]).map(({ fid, mo, mt, description }) => [fid, mo, mt, description]),
    [
      ["f1", true, true, "<T>"],
      ["f2", false, true, "<U (uid=u1)>"],
      ["f3", true, false, "<C (cid=op_1)>"],
      ["da", true, true, "<DA (dst_addr=^216, <x>)>"],
    ],
  );
  assert.deepEqual(parseFilter(["TransparentFilter"]), {
    type: "TransparentFilter",
    parameters: {},
  });
  assert.deepEqual(parseFilter(["TagFilter:", "has tag = vip"]).parameters, { "has tag": "vip" });
  assert.deepEqual(
    parseFilter(["EvalPyFilter:", "a = 1", "", "result = True"]).code,
    "a = 1\n\nresult = True",
  );
  assert.throws(() => parseFilter(["UserFilter:", "surprise"]), JcliParseError);
});

Deno.test("MT routes, with columns that overflow and filters that look like more", () => {
  assert.deepEqual(
    parseMtRouteList([
      "#Order Type                    Rate       Connector ID(s)                                  Filter(s)      ",
      "#40    FailoverMTRoute         123456.50000 smppc(op_1), smppc(op_2), smppc(op_3), smppc(op_4) <DA (dst_addr=^216, <x>)>, <T>  ",
      "#30    StaticMTRoute           0.05000    smppc(op_1)                                      <U (uid=u1)>    ",
      "#0     DefaultRoute            0 (!)      smppc(op_1)                                                      ",
      "Total MT Routes: 3",
    ]),
    [
      {
        order: 40,
        type: "FailoverMTRoute",
        rate: 123456.5,
        connectors: ["op_1", "op_2", "op_3", "op_4"],
        filters: "<DA (dst_addr=^216, <x>)>, <T>",
      },
      {
        order: 30,
        type: "StaticMTRoute",
        rate: 0.05,
        connectors: ["op_1"],
        filters: "<U (uid=u1)>",
      },
      { order: 0, type: "DefaultRoute", rate: 0, connectors: ["op_1"], filters: "" },
    ],
  );
});

Deno.test("MO routes", () => {
  assert.deepEqual(
    parseMoRouteList([
      "#Order Type                    Connector ID(s)                                  Filter(s)            ",
      "#20    RandomRoundrobinMORoute http(http_1), smpps(alice)                       <C (cid=op_1)>       ",
      "#0     DefaultRoute            smpps(alice)                                                          ",
      "Total MO Routes: 2",
    ]).map(({ order, connectors, filters }) => [order, connectors, filters]),
    [
      [
        20,
        [{ kind: "http", cid: "http_1" }, { kind: "smpps", username: "alice" }],
        "<C (cid=op_1)>",
      ],
      [0, [{ kind: "smpps", username: "alice" }], ""],
    ],
  );
});

Deno.test("interceptors", () => {
  const header =
    "#Order Type                 Script                                          Filter(s)   ";
  const row = '#5     StaticMTInterceptor  <MTIS (pyCode=print("a") ..)> # ..)> <U (uid=u1)>   ';
  assert.deepEqual(parseInterceptorList("mt", [header, row, "Total MT Interceptors: 1"]).length, 1);
  assert.throws(
    () => parseInterceptorList("mo", [header, row, "Total MO Interceptors: 1"]),
    JcliParseError,
  );
});

Deno.test("statistics of connectors", () => {
  assert.deepEqual(
    parseConnectorStats([
      "#Connector id    Connected at         Bound at             Disconnected at    Submits    Delivers    QoS errs    Other errs",
      "#op_1            2026-04-01 10:00:00  2026-04-01 10:00:01  ND                 12/10      14/3        1           2",
      "Total connectors: 1",
    ]),
    [{
      cid: "op_1",
      connectedAt: "2026-04-01 10:00:00",
      boundAt: "2026-04-01 10:00:01",
      disconnectedAt: null,
      submitRequests: 12,
      submits: 10,
      delivers: 14,
      dataSms: 3,
      throttlingErrors: 1,
      otherErrors: 2,
    }],
  );
});

Deno.test("statistics of users, of both releases", () => {
  const [older] = parseUserStats([
    "#User id    SMPP Bound connections    SMPP L.A.    HTTP requests counter    HTTP L.A.",
    "#u1         1                         ND           3                        2026-04-01 10:05:00",
    "Total users: 1",
  ]);
  assert.deepEqual(older, {
    uid: "u1",
    smppBinds: 1,
    smppLastActivity: null,
    httpRequests: 3,
    httpLastActivity: "2026-04-01 10:05:00",
  });
  const [later, idle] = parseUserStats([
    "#User id    SMPP Bound connections    SMPP Peer IPs       SMPP L.A.            HTTP requests counter    HTTP L.A.",
    "#u1         2                         10.0.0.7, 10.0.0.8  2026-04-01 10:00:00  3                        ND",
    "#u2         0                         -                   ND                   0                        ND",
    "Total users: 2",
  ]);
  assert.equal(later?.smppPeers, "10.0.0.7, 10.0.0.8");
  assert.equal(later?.smppLastActivity, "2026-04-01 10:00:00");
  assert.equal(idle?.smppPeers, "-");
});

Deno.test("items of statistics", () => {
  assert.deepEqual(
    parseStatItems([
      "#Item                 Value",
      "#created_at           2026-04-01 10:00:00",
      "#last_received_pdu_at  ND",
      "#submit_sm_count      7",
      "#last_seqNum",
    ]),
    {
      created_at: "2026-04-01 10:00:00",
      last_received_pdu_at: null,
      submit_sm_count: 7,
      last_seqNum: "",
    },
  );
  assert.throws(() => parseStatItems(["#Item  Value", "surprise"]), JcliParseError);
  assert.throws(() => parseStatItems(["#Item  Value", "#a  1", "#a  2"]), JcliParseError);
});

Deno.test("a user's items, by side, with the addresses of later releases", () => {
  assert.deepEqual(
    parseUserStatItems([
      "#Item                     Type         Value",
      "#bind_count               SMPP Server  1",
      '#bound_connections_count  SMPP Server  {"bind_receiver": 0, "bind_transceiver": 1}',
      "#bound_peer_ips           SMPP Server  10.0.0.7 (bind_transceiver @ 2026-04-01 10:00:00)",
      "#last_activity_at         SMPP Server  ND",
      "#last_activity_at         HTTP Api     2026-04-01 10:00:00",
    ]),
    {
      smpps: {
        bind_count: 1,
        bound_connections_count: '{"bind_receiver": 0, "bind_transceiver": 1}',
        bound_peer_ips: "10.0.0.7 (bind_transceiver @ 2026-04-01 10:00:00)",
        last_activity_at: null,
      },
      http: { last_activity_at: "2026-04-01 10:00:00" },
    },
  );
});
