#!/bin/sh
# xl's hotplug script: vif N of any domain becomes a port of the bridge brN, which is made for the first of them, with
# QEMU's network card of that number (rig.ts) as another port where there is one.
export PATH=/bin
[ "$1" = online ] || exit 0
number=${vif##*.}
if ip link add br$number type bridge 2> /dev/null; then
  # It would tell all that it listens to groups.
  echo 0 > /sys/class/net/br$number/bridge/multicast_snooping
  ip link set br$number up
  card=$(grep -l "$(printf '^52:54:00:00:00:%02x$' $number)" /sys/class/net/*/address | cut -d / -f 5)
  [ -z "$card" ] || ip link set $card master br$number up
fi
ip link set $vif master br$number up
xenstore write $XENBUS_PATH/hotplug-status connected
