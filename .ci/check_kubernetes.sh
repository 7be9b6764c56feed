#!/usr/bin/env bash
# Renders deploy/kubernetes and checks what an operator relies on. Needs kubectl, and no cluster.
set -euo pipefail
cd "$(dirname "$0")/.."
# `label --local` is there to turn YAML into JSON.
kubectl kustomize deploy/kubernetes | kubectl label --local -f - -o json rendered=yes |
  python3 -c '
import json
import sys

text, decoder, objects = sys.stdin.read().strip(), json.JSONDecoder(), {}
while text:
    made, end = decoder.raw_decode(text)
    objects[made["kind"], made["metadata"]["name"]] = made["spec"]
    text = text[end:].lstrip()
assert set(objects) == {("StatefulSet", "gisa"), ("Service", "gisa"), ("Service", "gisa-headless"),
                        ("NetworkPolicy", "gisa")}, set(objects)

stateful_set = objects["StatefulSet", "gisa"]
pod = stateful_set["template"]["spec"]
[container] = pod["containers"]
pod_labels = stateful_set["template"]["metadata"]["labels"]
options = dict(arg[2:].split("=") for arg in container["args"] if "=" in arg)
port = int(options["listen"].rpartition(":")[2])

# One server to a folder, on a volume of its own.
assert stateful_set["replicas"] == 1
[claim] = stateful_set["volumeClaimTemplates"]
[mount] = container["volumeMounts"]
assert mount["name"] == claim["metadata"]["name"] and mount["mountPath"] == options["data-dir"], mount
assert pod["terminationGracePeriodSeconds"] > int(options["drain-grace-seconds"])

for probe, service in (("startup", None), ("readiness", "gisa.v1.ArchiveService"), ("liveness", None)):
    grpc = container[probe + "Probe"]["grpc"]
    assert grpc["port"] == port and grpc.get("service") == service, (probe, grpc)
for kind in ("requests", "limits"):
    assert set(container["resources"][kind]) == {"cpu", "memory"}, kind

# What the restricted pod security standard asks for, and a root file system that is read-only.
security = pod["securityContext"]
assert security["runAsNonRoot"] and security["runAsUser"] == security["fsGroup"] == 65532, security
assert security["seccompProfile"] == {"type": "RuntimeDefault"}, security
assert container["securityContext"] == {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                        "capabilities": {"drop": ["ALL"]}}, container["securityContext"]

# Served without TLS, so only to labelled pods.
policy = objects["NetworkPolicy", "gisa"]
assert "--insecure" in container["args"]
assert policy["podSelector"]["matchLabels"].items() <= pod_labels.items(), policy
assert policy["policyTypes"] == ["Ingress", "Egress"] and not policy.get("egress"), policy
[rule] = policy["ingress"]
assert rule == {"from": [{"podSelector": {"matchLabels": {"gisa-client": "true"}}}],
                "ports": [{"protocol": "TCP", "port": port}]}, rule

for name in ("gisa", "gisa-headless"):
    service = objects["Service", name]
    assert service["selector"].items() <= pod_labels.items() and service["ports"][0]["port"] == port, service
assert stateful_set["serviceName"] == "gisa-headless"
assert objects["Service", "gisa-headless"]["clusterIP"] == "None"
print("deploy/kubernetes renders, with", container["image"])
'
