import { Address, Cidr } from "mirage-wasm/address";

/** What `extra` of the domain's configuration says of the network (docs/xen.md). */
export class Settings {
  ipv4: Cidr | null = null;
  gateway4: Address | null = null;
  ipv6: Cidr | null = null;
  gateway6: Address | null = null;
  nameServers: Address[] = [];

  /** False: the key is none, or the text not what it takes. */
  set(key: string, text: string): bool {
    if (key == "ipv4" || key == "ipv6") return this.setOwn(key == "ipv6", Cidr.parse(text));
    if (key == "ipv4_gateway" || key == "ipv6_gateway") return this.setGateway(key == "ipv6_gateway", Address.parse(text));
    return key == "name_servers" && this.setServers(text.split(","));
  }

  private setOwn(isV6: bool, own: Cidr | null): bool {
    if (!own || own.address.isV4 == isV6) return false;
    if (isV6) this.ipv6 = own;
    else this.ipv4 = own;
    return true;
  }

  private setGateway(isV6: bool, gateway: Address | null): bool {
    if (!gateway || gateway.isV4 == isV6) return false;
    if (isV6) this.gateway6 = gateway;
    else this.gateway4 = gateway;
    return true;
  }

  private setServers(texts: string[]): bool {
    for (let i = 0; i < texts.length; i++) {
      const server = Address.parse(texts[i]);
      if (!server) return false;
      this.nameServers.push(server);
    }
    return true;
  }
}
