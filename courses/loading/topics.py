"""The shelves of the national catalogue, in their order."""

TOPICS = {
    "digital-life": ("มือถือและเน็ต", "Phone and internet"),
    "safety": ("ปลอดภัยออนไลน์", "Safety online"),
    "entrepreneurship": ("ตั้งต้นอาชีพ", "Starting an enterprise"),
    "selling-online": ("ขายออนไลน์", "Selling online"),
    "farming": ("เกษตร", "Farming"),
    "public-services": ("บริการรัฐและสิทธิ", "Public services and rights"),
}
