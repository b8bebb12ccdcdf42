"""Invented persons: reporters and payees with everything that identifies them, and staff.

Reporters' surnames and given names come from characters no staff name, place or template uses,
so that a planted name found anywhere is a leak and not a coincidence. Phones have the valid
eleven digits but a `00` block after the prefix that no operator hands out; identity numbers
carry a right check digit on births before 1916; cards a right Luhn digit.
"""

from dataclasses import dataclass

SURNAMES = "聂阚覃褚蔺逄殷冼缪尉郗邬晏瞿佘谌"
GIVEN_FIRST = "芷珩骁玥琬璟珺霈骞蓁筠嫣淼昀煊"
GIVEN_SECOND = "妍彧珂媛翊萱赟玮琦霖婧冉睿辰恬姝"
STAFF_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
STAFF_GIVEN = (
    "建国",
    "志强",
    "秀英",
    "海燕",
    "小军",
    "丽华",
    "伟",
    "敏",
    "静",
    "勇",
    "文斌",
    "春梅",
    "立新",
    "国庆",
)
PREFIXES = (
    "130", "131", "132", "133", "134", "135", "136", "137", "138", "139", "150", "151", "152",
    "153", "155", "156", "157", "158", "159", "166", "173", "176", "177", "178", "180", "181",
    "182", "183", "185", "186", "187", "188", "189", "191", "198", "199",
)  # fmt: skip
HOMES = ("紫霄苑", "蕴华庭", "琅嬛里", "澹泊居", "骊珠园", "燕翎台")


@dataclass(frozen=True)
class Person:
    """One reporter, made from one number; equal numbers are the same person."""

    key: int

    @property
    def name(self) -> str:
        """Three characters, sometimes two."""
        k = self.key
        second = GIVEN_SECOND[(k // 240) % 16] if k % 7 else ""
        return SURNAMES[k % 16] + GIVEN_FIRST[(k // 16) % 15] + second

    @property
    def phone(self) -> str:
        """Eleven digits, valid in form."""
        return f"{PREFIXES[self.key % 36]}00{(self.key * 7919) % 1_000_000:06d}"

    @property
    def idno(self) -> str:
        """Eighteen characters with a right check digit, born 1901-1915."""
        k = self.key
        body = f"3301{1 + k % 9:02d}{1901 + k % 15}{1 + k % 12:02d}{1 + k % 28:02d}{(k * 31) % 1000:03d}"
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        return (
            body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]
        )

    @property
    def account(self) -> str:
        """A nineteen-digit card number with a right Luhn digit of an issuer that is none."""
        body = f"620000{(self.key * 104729) % 10**12:012d}"
        digits = [int(d) for d in reversed(body)]
        total = sum(
            (d * 2 - 9 if d > 4 else d * 2) if i % 2 == 0 else d for i, d in enumerate(digits)
        )
        return body + str(-total % 10)

    @property
    def home(self) -> str:
        """A flat: estate, building, unit, room."""
        k = self.key
        return f"{HOMES[k % 6]}{1 + k % 37}栋{1 + k % 3}单元{1 + k % 29}0{1 + k % 4}室"

    @property
    def wechat(self) -> str:
        """A WeChat id."""
        return f"wx_zq{(self.key * 6151) % 10**8:08d}"

    @property
    def email(self) -> str:
        """A mail address in a domain kept for examples."""
        return f"qm{(self.key * 3571) % 10**8:08d}@example.com"

    @property
    def plate(self) -> str:
        """A car plate of a letter that was never issued."""
        k = self.key
        return f"青Q{'ABCDEFGHJK'[k % 10]}{(k * 17) % 10000:04d}"

    @property
    def sex(self) -> str:
        """男 or 女."""
        return "男女"[self.key % 2]


def staff(index: int) -> str:
    """The name of somebody on duty."""
    return STAFF_SURNAMES[index % 20] + STAFF_GIVEN[(index // 20) % 14]


def grid_worker(index: int) -> Person:
    """Grid workers report under their own name and phone: personal like any reporter's."""
    return Person(5_000_000 + index)
