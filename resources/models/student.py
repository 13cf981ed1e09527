"""The student: ResNet-18 whose trunk (conv1 to layer3) starts with batch norm folded, whose layer4 starts empty."""
import copy

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

WIDTHS = {"layer1": (64, 64), "layer2": (64, 128), "layer3": (128, 256), "layer4": (256, 512)}


class Block(nn.Module):
    """torchvision's BasicBlock; batch norm only where `norm` is set (layer4, until it is folded)."""

    def __init__(self, inputs: int, outputs: int, stride: int, norm: bool):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=not norm)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=not norm)
        self.bn1 = nn.BatchNorm2d(outputs) if norm else nn.Identity()
        self.bn2 = nn.BatchNorm2d(outputs) if norm else nn.Identity()
        self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride)) if stride != 1 else nn.Identity()

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + self.downsample(x))

    def fold(self):
        if isinstance(self.bn1, nn.BatchNorm2d):
            self.conv1, self.bn1 = fuse_conv_bn_eval(self.conv1, self.bn1), nn.Identity()
            self.conv2, self.bn2 = fuse_conv_bn_eval(self.conv2, self.bn2), nn.Identity()


class Student(nn.Module):
    def __init__(self, classes: int, norm_in_layer4: bool = True):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3)
        for name, (inputs, outputs) in WIDTHS.items():
            norm = norm_in_layer4 and name == "layer4"
            stride = 1 if name == "layer1" else 2
            setattr(self, name, nn.Sequential(Block(inputs, outputs, stride, norm), Block(outputs, outputs, 1, norm)))
        self.fc = nn.Linear(512, classes)

    def shallow(self, x):
        """Normalised pictures to layer2's output."""
        return self.layer2(self.layer1(F.max_pool2d(F.relu(self.conv1(x)), 3, 2, 1)))

    def trunk(self, x):
        """Normalised pictures to layer3's output."""
        return self.layer3(self.shallow(x))

    def embed(self, middle):
        """layer3's output to the 512 numbers before fc."""
        return self.layer4(middle).float().mean((2, 3))

    def forward(self, x):
        return self.fc(self.embed(self.trunk(x)))

    def start_from(self, trunk_file):
        """Loads the trunk; layer4 starts as its known shortcut alone: He weights, last batch norm scale zero.
        Returns the original 1000-class fc, which pulls layer4 towards the space that it was made for."""
        given = load_file(trunk_file)
        imagenet = nn.Linear(512, 1000)
        imagenet.load_state_dict({"weight": given.pop("fc.weight"), "bias": given.pop("fc.bias")})
        missing, unexpected = self.load_state_dict(given, strict=False)
        assert not unexpected and all(name.startswith(("layer4.", "fc.")) for name in missing)
        for block in self.layer4:
            for conv in (block.conv1, block.conv2):
                nn.init.kaiming_normal_(conv.weight, mode="fan_out", nonlinearity="relu")
            nn.init.zeros_(block.bn2.weight)
        nn.init.normal_(self.fc.weight, std=0.01)
        nn.init.zeros_(self.fc.bias)
        return imagenet

    def folded(self) -> "Student":
        """A copy in evaluation mode without any batch norm."""
        out = copy.deepcopy(self).eval()
        for block in out.layer4:
            block.fold()
        return out


class Average:
    """Exponential moving average of a module's parameters and buffers, with a warm-up."""

    def __init__(self, module: nn.Module, decay: float):
        self.module, self.decay, self.steps = copy.deepcopy(module).eval(), decay, 0

    @torch.no_grad()
    def update(self, module: nn.Module):
        self.steps += 1
        keep = min(self.decay, self.steps / (self.steps + 10))
        for mine, theirs in zip(self.module.state_dict().values(), module.state_dict().values()):
            if mine.dtype.is_floating_point:
                mine.lerp_(theirs, 1 - keep)
            else:
                mine.copy_(theirs)
