"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const nodes = data.assets.map((asset, index) => ({ ...asset, index, below: [] }));
  for (const node of nodes) for (const above of node.deps) nodes[above].below.push(node.index);
  for (const node of nodes) {
    node.words = [node.key, node.group, node.location, node.description, ...node.kinds,
      ...node.owners, ...node.tags, ...node.checks].join("\n").toLowerCase();
  }
  const byKey = new Map(nodes.map((node) => [address(node), node]));
  const MOST = 400;
  const LISTED = 500;
  const at = (id) => document.getElementById(id);
  const several = new Set(nodes.map((node) => node.location)).size > 1;

  function address(node) {
    return `${node.location}\n${node.key}`;
  }

  function link(node) {
    return `#asset=${encodeURIComponent(address(node))}`;
  }

  function made(tag, attributes = {}, ...inner) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inner);
    return element;
  }

  function drawn(tag, attributes = {}, ...inner) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inner);
    return element;
  }

  // The list of assets, by group.

  function listed() {
    const words = at("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = nodes.filter((node) => words.every((word) => node.words.includes(word)));
    const groups = new Map();
    for (const node of found.slice(0, LISTED)) {
      const name = several ? `${node.location}: ${node.group}` : node.group;
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(node);
    }
    const parts = [];
    for (const [name, members] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const group = members[0];
      const title = made("a", { href: groupLink(group) }, name);
      parts.push(made("h3", {}, title));
      parts.push(made("ul", {}, ...members.map((node) => {
        const entry = made("a", { href: link(node) }, node.key);
        if (node === state.node) entry.setAttribute("aria-current", "true");
        return made("li", {}, entry);
      })));
    }
    const more = found.length - LISTED;
    if (more > 0) parts.push(made("p", { class: "empty" }, `and ${more} more: search for them`));
    at("results").replaceChildren(...parts);
    at("found").textContent = words.length ? `${found.length} of ${nodes.length} assets found` : "";
  }

  function groupLink(node) {
    return `#group=${encodeURIComponent(`${node.location}\n${node.group}`)}`;
  }

  // What is shown: an asset with its surroundings, a group, or everything.

  const state = { node: null, group: null, fits: false };

  function read() {
    const [name, value] = location.hash.slice(1).split("=");
    let text = "";
    try {
      text = decodeURIComponent(value || "");
    } catch {
      text = "";
    }
    state.node = name === "asset" ? byKey.get(text) || alone("key", text) : null;
    const named = name === "group" && !text.includes("\n") ? alone("group", text) : null;
    state.group = named ? `${named.location}\n${named.group}` : name === "group" ? text : null;
  }

  // A link that a person writes need not say the code location, if there is one that can be meant.
  function alone(field, text) {
    const found = nodes.filter((node) => node[field] === text);
    return new Set(found.map((node) => node.location)).size === 1 ? found[0] : null;
  }

  function around(node) {
    const reach = (next, depth) => {
      const seen = new Set([node.index]);
      let edge = [node.index];
      for (let step = 0; step < depth && edge.length; step += 1) {
        edge = [...new Set(edge.flatMap((index) => next(nodes[index])))].filter((i) => !seen.has(i));
        for (const index of edge) seen.add(index);
      }
      return seen;
    };
    const depth = (id) => Math.max(0, Number(at(id).value) || 0);
    const shown = reach((each) => each.deps, depth("up"));
    for (const index of reach((each) => each.below, depth("down"))) shown.add(index);
    return [...shown].sort((a, b) => a - b);
  }

  function show() {
    read();
    at("depths").hidden = !state.node;
    document.title = state.node ? `${state.node.key} - ${data.title}` : data.title;
    if (state.node) {
      picture(graphOf(around(state.node)), `Surroundings of ${state.node.key}`);
    } else if (state.group !== null) {
      const inside = nodes.filter((node) => `${node.location}\n${node.group}` === state.group);
      picture(graphOf(inside.map((node) => node.index)), `Group ${state.group.split("\n").at(-1)}`);
    } else if (nodes.length <= MOST / 2) {
      picture(graphOf(nodes.map((node) => node.index)), "All assets");
    } else {
      picture(groupsGraph(), "Groups of assets");
    }
    details();
    listed();
  }

  function graphOf(indexes) {
    const kept = new Set(indexes);
    return {
      boxes: indexes.map((index) => ({
        id: index, label: nodes[index].key, sub: nodes[index].group, look: nodes[index].look,
        href: link(nodes[index]), chosen: nodes[index] === state.node,
      })),
      arrows: indexes.flatMap((index) => nodes[index].deps.filter((above) => kept.has(above))
        .map((above) => [above, index])),
    };
  }

  function groupsGraph() {
    const groups = new Map();
    const place = (node) => `${node.location}\n${node.group}`;
    for (const node of nodes) {
      if (!groups.has(place(node))) groups.set(place(node), { node, count: 0 });
      groups.get(place(node)).count += 1;
    }
    const arrows = new Set();
    for (const node of nodes) {
      for (const above of node.deps) {
        const pair = [place(nodes[above]), place(node)];
        if (pair[0] !== pair[1]) arrows.add(JSON.stringify(pair));
      }
    }
    return {
      boxes: [...groups].map(([id, { node, count }]) => ({
        id, label: several ? `${node.location}: ${node.group}` : node.group,
        sub: count === 1 ? "1 asset" : `${count} assets`, look: "", href: groupLink(node),
      })),
      arrows: [...arrows].map((pair) => JSON.parse(pair)),
    };
  }

  // Layers from left to right: each box one further than the last of those it depends on.

  function layersOf(graph) {
    const above = new Map(graph.boxes.map((box) => [box.id, []]));
    const below = new Map(graph.boxes.map((box) => [box.id, []]));
    const left = new Map(graph.boxes.map((box) => [box.id, 0]));
    for (const [source, target] of graph.arrows) {
      above.get(target).push(source);
      below.get(source).push(target);
      left.set(target, left.get(target) + 1);
    }
    const layer = new Map();
    const rest = new Set(left.keys());
    let ready = [...rest].filter((id) => !left.get(id));
    while (rest.size) {
      if (!ready.length) ready = [rest.values().next().value]; // a circle is cut somewhere
      const next = [];
      for (const id of ready) {
        if (!rest.delete(id)) continue;
        layer.set(id, Math.max(0, ...above.get(id).map((each) => (layer.get(each) ?? -1) + 1)));
        for (const each of below.get(id)) {
          left.set(each, left.get(each) - 1);
          if (!left.get(each)) next.push(each);
        }
      }
      ready = next;
    }
    const layers = [];
    for (const box of graph.boxes) (layers[layer.get(box.id)] ??= []).push(box);
    const ways = graph.arrows.map(([source, target]) => way(source, target, layer, layers));
    const before = new Map();
    const after = new Map();
    for (const boxes of layers) for (const box of boxes) before.set(box.id, []);
    for (const boxes of layers) for (const box of boxes) after.set(box.id, []);
    for (const ids of ways) {
      for (let index = 1; index < ids.length; index += 1) {
        before.get(ids[index]).push(ids[index - 1]);
        after.get(ids[index - 1]).push(ids[index]);
      }
    }
    ordered(layers, before, after);
    return { layers, ways };
  }

  // An arrow that leaps over layers gets a gap in each of them to go through.

  function way(source, target, layer, layers) {
    const ids = [source];
    for (let level = layer.get(source) + 1; level < layer.get(target); level += 1) {
      ids.push(`${source}\n${target}\n${level}`);
      layers[level].push({ id: ids.at(-1), gap: true });
    }
    return [...ids, target];
  }

  function ordered(layers, above, below) {
    const rank = new Map();
    const number = (boxes) => boxes.forEach((box, index) => rank.set(box.id, index));
    layers.forEach(number);
    const sweep = (boxes, next) => {
      const middle = new Map(boxes.map((box) => {
        const ranks = next.get(box.id).map((id) => rank.get(id)).filter((each) => each >= 0);
        const sum = ranks.reduce((total, each) => total + each, 0);
        return [box.id, ranks.length ? sum / ranks.length : rank.get(box.id)];
      }));
      boxes.sort((a, b) => middle.get(a.id) - middle.get(b.id));
      number(boxes);
    };
    for (let round = 0; round < 4; round += 1) {
      for (const boxes of layers) sweep(boxes, above);
      for (const boxes of [...layers].reverse()) sweep(boxes, below);
    }
  }

  const HIGH = 44;
  const GAP = 6;
  const APART = 14;
  const WIDEST = 260;

  function shortened(text, most) {
    const letters = [...text];
    return letters.length > most ? `${letters.slice(0, most - 1).join("")}\u2026` : text;
  }

  function picture(graph, title) {
    const holder = at("picture");
    at("title").textContent = title;
    if (graph.boxes.length > MOST) {
      const size = `${graph.boxes.length} assets are too many for one picture: `;
      const hint = "choose one in the list, or fewer steps.";
      holder.replaceChildren(made("p", { class: "empty tools" }, size + hint));
      return;
    }
    const { layers, ways } = layersOf(graph);
    const high = (box) => (box.gap ? GAP : HIGH) + APART;
    const tall = (boxes) => boxes.reduce((sum, box) => sum + high(box), 0);
    const height = Math.max(0, ...layers.map(tall)) + APART;
    const spots = new Map();
    let x = APART;
    for (const boxes of layers) {
      const names = boxes.filter((box) => !box.gap);
      const letters = names.map((box) => Math.max([...box.label].length, [...box.sub].length * 0.85));
      const width = Math.min(WIDEST, Math.max(70, ...letters.map((count) => count * 7.4 + 20)));
      let y = (height - tall(boxes) + APART) / 2;
      for (const box of boxes) {
        spots.set(box.id, { x, y, width, middle: y + (box.gap ? GAP : HIGH) / 2 });
        y += high(box);
      }
      x += width + 60;
    }
    const box = `0 0 ${x} ${height}`;
    const svg = drawn("svg", { width: x, height, viewBox: box, role: "group", "aria-label": title });
    for (const ids of ways) svg.append(arrow(spots, ids));
    for (const boxes of layers) {
      for (const box of boxes) if (!box.gap) svg.append(boxed(box, spots.get(box.id)));
    }
    holder.replaceChildren(svg);
    sized(svg, x, height);
    const chosen = holder.querySelector(".chosen");
    if (chosen) chosen.scrollIntoView({ block: "center", inline: "center" });
  }

  // As large as it is drawn, or as small as the place for it.
  function sized(svg, width, height) {
    const room = at("picture");
    const small = Math.min(1, room.clientWidth / width, room.clientHeight / height);
    const scale = state.fits ? Math.max(small, 0.05) : 1;
    svg.setAttribute("width", width * scale);
    svg.setAttribute("height", height * scale);
  }

  function arrow(spots, ids) {
    const first = spots.get(ids[0]);
    let line = `M${first.x + first.width} ${first.middle}`;
    let last = { x: first.x + first.width, y: first.middle };
    for (const id of ids.slice(1)) {
      const spot = spots.get(id);
      const end = id === ids.at(-1);
      const bend = Math.max(25, (spot.x - last.x) / 2);
      const x = end ? spot.x - 7 : spot.x;
      line += `C${last.x + bend} ${last.y} ${spot.x - bend} ${spot.middle} ${x} ${spot.middle}`;
      if (!end) line += `H${spot.x + spot.width}`;
      last = { x: end ? spot.x : spot.x + spot.width, y: spot.middle };
    }
    const chosen = state.node ? state.node.index : -1;
    return drawn("g", ids[0] === chosen || ids.at(-1) === chosen ? { class: "on" } : {},
      drawn("path", { class: "frame", d: line }),
      drawn("path", { class: "tip", d: `M${last.x} ${last.y}l-8 -4v8z` }));
  }

  function boxed(box, spot) {
    const most = Math.floor((spot.width - 16) / 7.2);
    const name = drawn("text", { x: spot.x + 10, y: spot.y + 19 }, shortened(box.label, most));
    const sub = drawn("text", { x: spot.x + 10, y: spot.y + 35, class: "sub" },
      shortened(box.sub, Math.floor((spot.width - 16) / 6)));
    const full = drawn("title", {}, `${box.label} (${box.look ? `${box.look}, ` : ""}${box.sub})`);
    const frame = drawn("rect", { x: spot.x, y: spot.y, width: spot.width, height: HIGH, rx: 6 });
    return drawn("a", {
      href: box.href, class: `${box.look}${box.chosen ? " chosen" : ""}`,
      "aria-label": `${box.label}, ${box.sub}`, ...(box.chosen ? { "aria-current": "true" } : {}),
    }, full, frame, name, sub);
  }

  // What is known of the chosen asset.

  function details() {
    const holder = at("details");
    const node = state.node;
    holder.hidden = !node;
    if (!node) return;
    const links = (indexes) => made("ul", { class: "inline" }, ...indexes.map((index) =>
      made("li", {}, made("a", { href: link(nodes[index]) }, nodes[index].key))));
    const rows = [
      ["group", made("a", { href: groupLink(node) }, node.group)],
      ["code location", several ? node.location : ""],
      ["kind", node.look],
      ["defined at", node.place],
      ["depends on", node.deps.length ? links(node.deps) : ""],
      ["needed by", node.below.length ? links(node.below) : ""],
      ["checks", node.checks.join(", ")],
      ["partitions", node.partitions],
      ["kinds", node.kinds.join(", ")],
      ["owners", node.owners.join(", ")],
      ["tags", node.tags.join(", ")],
      ["not known", node.unknown.join(", ")],
    ].filter(([, value]) => value);
    holder.replaceChildren(
      made("h2", { tabindex: "-1" }, node.key),
      ...(node.description ? [made("p", { class: "text" }, node.description)] : []),
      made("dl", {}, ...rows.flatMap(([name, value]) => [made("dt", {}, name), made("dd", {}, value)])),
    );
  }

  at("search").addEventListener("input", listed);
  for (const id of ["up", "down"]) at(id).addEventListener("input", show);
  at("all").addEventListener("click", () => {
    location.hash = "";
  });
  at("fit").addEventListener("click", () => {
    state.fits = !state.fits;
    at("fit").setAttribute("aria-pressed", String(state.fits));
    show();
  });
  at("skip").addEventListener("click", (event) => {
    event.preventDefault(); // what follows the sign says what is shown
    (state.node ? at("details").querySelector("h2") : at("title")).focus();
  });
  document.addEventListener("keydown", (event) => {
    const typing = ["INPUT", "SELECT", "TEXTAREA"].includes(document.activeElement.tagName);
    if (event.key === "/" && !typing) {
      event.preventDefault();
      at("search").focus();
    }
  });
  window.addEventListener("hashchange", () => {
    show();
    const title = at("details").querySelector("h2");
    if (title) title.focus({ preventScroll: true });
  });
  show();
})();
