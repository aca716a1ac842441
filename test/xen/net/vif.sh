#!/bin/sh
# xl's hotplug script in a dom0 without those of Xen's: vif N becomes a port of bridge N.
export PATH=/bin
[ "$1" = online ] || exit 0
ip link set $vif master br${vif##*.}
ip link set $vif up
xenstore write $XENBUS_PATH/hotplug-status connected
