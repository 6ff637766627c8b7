{% load static %}{# The service worker. Takes: facts (release, shell: addresses of files, none: addresses of the page for what is not kept, check: of the page that checks certificates). #}// What it does stands in its modules; here are only their names, which change with every release.
import { serve } from "{% static 'js/worker/serve.js' %}";

serve({{ facts|safe }});
