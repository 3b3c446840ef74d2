"""The instance that a LiteLLM proxy loads, configured by HEADROOM_* environment variables.

litellm_settings:
  callbacks: ["headroom_integrations.litellm.proxy.proxy_handler_instance"]
"""

from __future__ import annotations

from headroom_integrations.litellm.callback import HeadroomCallback

proxy_handler_instance = HeadroomCallback()
