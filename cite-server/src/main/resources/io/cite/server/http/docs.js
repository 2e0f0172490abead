"use strict";

function element(name, text, kind) {
  const made = document.createElement(name);
  made.textContent = text || "";
  if (kind) {
    made.className = kind;
  }
  return made;
}

function rows(title, entries) {
  const box = document.createDocumentFragment();
  if (entries.length === 0) {
    return box;
  }
  box.append(element("strong", title));
  const table = element("table");
  for (const [name, text] of entries) {
    const row = element("tr");
    const cell = element("td");
    cell.append(element("code", name));
    row.append(cell, element("td", text));
    table.append(row);
  }
  box.append(table);
  return box;
}

function schemaName(content) {
  for (const [type, body] of Object.entries(content || {})) {
    const ref = body.schema && body.schema.$ref;
    return ref ? ref.split("/").pop() : type;
  }
  return "";
}

function operation(method, path, described) {
  const box = element("details");
  const head = element("summary");
  head.append(
      element("span", method.toUpperCase(), "method"),
      element("code", path),
      document.createTextNode(" " + (described.summary || "")));
  box.append(head, element("p", described.description));
  box.append(rows("Parameters",
      (described.parameters || []).map((p) => [p.name + " (" + p.in + ")", p.description || ""])));
  if (described.requestBody) {
    box.append(rows("Body", [[schemaName(described.requestBody.content), ""]]));
  }
  box.append(rows("Answers",
      Object.entries(described.responses).map(
          ([status, answer]) => [status, (answer.description || "") + " " + schemaName(answer.content)])));
  return box;
}

async function show() {
  const answer = await fetch("/openapi.json");
  const api = await answer.json();
  document.getElementById("summary").textContent = api.info.description;
  const main = document.getElementById("operations");
  const groups = new Map();
  for (const [path, item] of Object.entries(api.paths)) {
    for (const [method, described] of Object.entries(item)) {
      const tag = (described.tags || ["other"])[0];
      if (!groups.has(tag)) {
        groups.set(tag, element("section"));
        groups.get(tag).append(element("h2", tag));
      }
      groups.get(tag).append(operation(method, path, described));
    }
  }
  main.replaceChildren(...groups.values());
}

show();
